# %% method kind="right"
def probabilities(logits):
    return logits.softmax(-1)


# %% functional kind="right"
def probabilities(logits):
    return nn.functional.softmax(logits, dim=logits.ndim - 1)


# %% by hand without overflow kind="right"
def probabilities(logits):
    powers = (logits - logits.max(dim=-1, keepdim=True).values).exp()
    return powers / powers.sum(dim=-1, keepdim=True)


# %% logsumexp kind="right"
def probabilities(logits):
    return torch.exp(logits - torch.logsumexp(logits, dim=-1, keepdim=True))


# %% two cases kind="right"
def probabilities(logits):
    if logits.ndim == 1:
        return nn.Softmax(dim=0)(logits)
    return nn.Softmax(dim=1)(logits)


# %% row by row kind="right"
def probabilities(logits):
    if logits.ndim == 1:
        return torch.softmax(logits, 0)
    return torch.stack([probabilities(row) for row in logits])


# %% over the samples kind="wrong" zh="`dim=0` 是样本" en="`dim=0` holds the samples"
def probabilities(logits):
    return nn.Softmax(dim=0)(logits)


# %% fixed dim=1 kind="wrong" zh="没有 `dim=1`" en="no `dim=1`"
def probabilities(logits):
    return nn.Softmax(dim=1)(logits)


# %% exponentials overflow kind="wrong" zh="指数溢出了" en="the exponentials overflow"
def probabilities(logits):
    powers = logits.exp()
    return powers / powers.sum(dim=-1, keepdim=True)


# %% divides by the sum kind="wrong" zh="先取指数" en="take exponentials first"
def probabilities(logits):
    return logits / logits.sum(dim=-1, keepdim=True)


# %% sigmoid kind="wrong" zh="这是 sigmoid" en="that is sigmoid"
def probabilities(logits):
    return torch.sigmoid(logits)


# %% log softmax kind="wrong" zh="概率的对数" en="logarithms of the probabilities"
def probabilities(logits):
    return nn.LogSoftmax(dim=-1)(logits)


# %% exponentials only kind="wrong" zh="除以每个样本的总和" en="divide by each sample's sum"
def probabilities(logits):
    return logits.exp()


# %% sum over everything kind="wrong" zh="每个样本要各自为 1" en="each sample should do so by itself"
def probabilities(logits):
    return logits.flatten().softmax(0).view_as(logits)


# %% the class kind="wrong" zh="这是预测的类别" en="that is the class"
def probabilities(logits):
    return logits.argmax(-1)


# %% always adds a batch kind="wrong" zh="多了一个大小为 1 的维度" en="a dimension of size 1 too many"
def probabilities(logits):
    return nn.Softmax(dim=1)(logits.reshape(-1, logits.shape[-1]))


# %% returns the layer kind="wrong" zh="返回的是层" en="that is the layer"
def probabilities(logits):
    return nn.Softmax(dim=-1)


# %% float32 always kind="wrong" zh="float32" en="float32"
def probabilities(logits):
    return logits.float().softmax(-1)


# %% softmax of the logits without a layer kind="wrong" zh="先造出层" en="make the layer first"
def probabilities(logits):
    return nn.Softmax(logits)


# %% the maximum of all kind="wrong" zh="所有数的最大值" en="maximum of all numbers"
def probabilities(logits):
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum(-1, keepdim=True)

# %% gather kind="right"
def mean_cross_entropy(logits, labels):
    right = logits.gather(1, labels.unsqueeze(1)).squeeze(1)
    return (logits.logsumexp(1) - right).sum() / len(labels)


# %% own log sum exp kind="right"
def mean_cross_entropy(logits, labels):
    shifted = logits - logits.amax(1, keepdim=True)
    log_probabilities = shifted - shifted.exp().sum(1, keepdim=True).log()
    return -log_probabilities[torch.arange(len(labels)), labels].mean()


# %% one hot kind="right"
def mean_cross_entropy(logits, labels):
    one_hot = F.one_hot(labels, logits.shape[1]).to(logits.dtype)
    return (torch.logsumexp(logits, dim=1) - (one_hot * logits).sum(dim=1)).mean()


# %% a loop kind="right"
def mean_cross_entropy(logits, labels):
    total = 0
    for row, label in zip(logits, labels):
        total = total + torch.logsumexp(row, 0) - row[label]
    return total / len(labels)


# %% take along dim kind="right"
def mean_cross_entropy(logits, labels):
    log_p = logits - logits.logsumexp(1, keepdim=True)
    return log_p.take_along_dim(labels[:, None], dim=1).neg().mean()


# %% stack kind="right"
def mean_cross_entropy(logits, labels):
    return torch.stack([(z - z[y]).logsumexp(0) for z, y in zip(logits, labels)]).mean()


# %% softmax then log kind="wrong" zh="溢出" en="overflowed"
def mean_cross_entropy(logits, labels):
    p = logits.softmax(dim=1)
    return -p[torch.arange(len(labels)), labels].log().mean()


# %% adds a small number kind="wrong" zh="遮住了溢出" en="hides the overflow"
def mean_cross_entropy(logits, labels):
    p = logits.softmax(dim=1)
    return -(p[torch.arange(len(labels)), labels] + 1e-12).log().mean()


# %% clamps kind="wrong" zh="遮住了溢出" en="hides the overflow"
def mean_cross_entropy(logits, labels):
    p = logits.softmax(dim=1)
    return -(p[torch.arange(len(labels)), labels].clamp(min=1e-8)).log().mean()


# %% exponentials overflow kind="wrong" zh="溢出" en="overflowed"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (logits.exp().sum(1).log() - logits[rows, labels]).mean()


# %% sum kind="wrong" zh="总和" en="the sum"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (logits.logsumexp(1) - logits[rows, labels]).sum()


# %% every sample kind="wrong" zh="取平均" en="take their mean"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return logits.logsumexp(1) - logits[rows, labels]


# %% wrong sign kind="wrong" zh="符号反了" en="sign is wrong"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (logits[rows, labels] - logits.logsumexp(1)).mean()


# %% all columns kind="wrong" zh="行号和标签要配对" en="pair row numbers with labels"
def mean_cross_entropy(logits, labels):
    return (logits.logsumexp(1, keepdim=True) - logits[:, labels]).mean()


# %% mean over all numbers kind="wrong" zh="只除以样本数" en="by the n samples only"
def mean_cross_entropy(logits, labels):
    one_hot = F.one_hot(labels, logits.shape[1])
    return (one_hot * (logits.logsumexp(1, keepdim=True) - logits)).mean()


# %% ready made kind="wrong" zh="不用现成的" en="ready-made"
def mean_cross_entropy(logits, labels):
    return nn.CrossEntropyLoss()(logits, labels)


# %% ready made log softmax kind="wrong" zh="log_softmax" en="log_softmax"
def mean_cross_entropy(logits, labels):
    return -logits.log_softmax(1)[torch.arange(len(labels)), labels].mean()


# %% cut off kind="wrong" zh="断开" en="lost its tie"
def mean_cross_entropy(logits, labels):
    losses = [(torch.logsumexp(z, 0) - z[y]).item() for z, y in zip(logits, labels)]
    return torch.tensor(sum(losses) / len(losses), dtype=logits.dtype)


# %% a float kind="wrong" zh="张量" en="tensor"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return (logits.logsumexp(1) - logits[rows, labels]).mean().item()


# %% log sum exp over the batch kind="wrong" zh="值" en="values"
def mean_cross_entropy(logits, labels):
    rows = torch.arange(len(labels))
    return logits.logsumexp(0).mean() - logits[rows, labels].mean()


# %% softmax before kind="wrong" zh="做了两次" en="done twice"
def mean_cross_entropy(logits, labels):
    p = logits.softmax(1)
    return (p.logsumexp(1) - p[torch.arange(len(labels)), labels]).mean()


# %% the predicted class kind="wrong" zh="应当用标签" en="use the label"
def mean_cross_entropy(logits, labels):
    return (logits.logsumexp(1) - logits.amax(1)).mean()


# %% subtracts in place kind="wrong" zh="改动" en="changed its argument"
def mean_cross_entropy(logits, labels):
    logits -= logits.amax(1, keepdim=True)
    return (logits.logsumexp(1) - logits[torch.arange(len(labels)), labels]).mean()


# %% one maximum for all rows kind="wrong" zh="溢出" en="overflowed"
def mean_cross_entropy(logits, labels):
    z = logits - logits.max()
    return (z.exp().sum(1).log() - z[torch.arange(len(z)), labels]).mean()

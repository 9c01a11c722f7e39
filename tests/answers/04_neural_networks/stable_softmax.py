# %% max with values kind="right"
def stable_softmax(logits, dim):
    z = logits - logits.max(dim=dim, keepdim=True).values
    return z.exp() / z.exp().sum(dim, keepdim=True)


# %% logsumexp kind="right"
def stable_softmax(logits, dim):
    return (logits - torch.logsumexp(logits, dim, keepdim=True)).exp()


# %% moves the axis kind="right"
def stable_softmax(logits, dim):
    z = logits.transpose(dim, -1)
    e = torch.exp(z - z.max(-1)[0][..., None])
    return (e / e.sum(-1).unsqueeze(-1)).transpose(dim, -1)


# %% differences kind="right"
def stable_softmax(logits, dim):
    z = logits.movedim(dim, -1)
    return (1 / torch.exp(z[..., None, :] - z[..., :, None]).sum(-1)).movedim(-1, dim)


# %% naive kind="wrong" zh="溢出" en="overflow"
def stable_softmax(logits, dim):
    return logits.exp() / logits.exp().sum(dim=dim, keepdim=True)


# %% the maximum of all kind="wrong" zh="所有数的最大值" en="maximum of all numbers"
def stable_softmax(logits, dim):
    e = torch.exp(logits - logits.max())
    return e / e.sum(dim=dim, keepdim=True)


# %% the sum of all kind="wrong" zh="所有数的和" en="sum of all numbers"
def stable_softmax(logits, dim):
    e = torch.exp(logits - logits.amax(dim=dim, keepdim=True))
    return e / e.sum()


# %% always dim 1 kind="wrong" zh="写死" en="fixed in the code"
def stable_softmax(logits, dim):
    e = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    return e / e.sum(dim=1, keepdim=True)


# %% ready-made kind="wrong" zh="现成" en="ready-made"
def stable_softmax(logits, dim):
    return nn.Softmax(dim=dim)(logits)


# %% ready-made logarithm kind="wrong" zh="现成" en="ready-made"
def stable_softmax(logits, dim):
    return nn.functional.log_softmax(logits, dim).exp()


# %% no keepdim kind="wrong" zh="keepdim" en="keepdim"
def stable_softmax(logits, dim):
    e = torch.exp(logits - logits.amax(dim=dim))
    return e / e.sum(dim=dim)


# %% not divided kind="wrong" zh="还没有除以总和" en="not yet divided"
def stable_softmax(logits, dim):
    return torch.exp(logits - logits.amax(dim=dim, keepdim=True))


# %% clamps kind="wrong" zh="截断" en="clamping"
def stable_softmax(logits, dim):
    e = logits.clamp(-80, 80).exp()
    return e / e.sum(dim=dim, keepdim=True)


# %% works in place kind="wrong" zh="改动了" en="changed its argument"
def stable_softmax(logits, dim):
    logits -= logits.amax(dim=dim, keepdim=True)
    return logits.exp() / logits.exp().sum(dim=dim, keepdim=True)


# %% subtracts the mean kind="wrong" zh="要减去的是最大值" en="subtract the maximum"
def stable_softmax(logits, dim):
    exponentials = torch.exp(logits - logits.mean(dim=dim, keepdim=True))
    return exponentials / exponentials.sum(dim=dim, keepdim=True)


# %% subtracts both halves of max kind="wrong" zh="值在 `.values`" en="the numbers are `.values`"
def stable_softmax(logits, dim):
    exponentials = torch.exp(logits - logits.max(dim=dim, keepdim=True))
    return exponentials / exponentials.sum(dim=dim, keepdim=True)


# %% shifts above only kind="wrong" zh="分母也要减" en="and not below"
def stable_softmax(logits, dim):
    return torch.exp(logits - logits.amax(dim, keepdim=True)) / torch.exp(logits).sum(dim, keepdim=True)


# %% double and back kind="right"
def stable_softmax(logits, dim):
    z = logits.double()
    e = torch.exp(z - z.amax(dim, keepdim=True))
    return (e / e.sum(dim, keepdim=True)).to(logits.dtype)

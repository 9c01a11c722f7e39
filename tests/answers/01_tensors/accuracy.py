# %% count over n kind="right"
def accuracy(predictions, labels):
    return (predictions == labels).sum().item() / len(labels)


# %% loop kind="right"
def accuracy(predictions, labels):
    right = 0
    for p, y in zip(predictions, labels, strict=True):
        if p == y:
            right += 1
    return right / len(predictions)


# %% torch functions kind="right"
def accuracy(predictions, labels):
    return float(torch.mean(torch.eq(predictions, labels), dtype=torch.float64))


# %% one minus the wrong ones kind="right"
def accuracy(predictions, labels):
    return 1 - torch.count_nonzero(predictions - labels).item() / labels.numel()


# %% through NumPy kind="right"
def accuracy(predictions, labels):
    return np.mean(predictions.numpy() == labels.numpy())


# %% picks the right ones kind="right"
def accuracy(predictions, labels):
    return len(predictions[predictions == labels]) / predictions.shape[0]


# %% lists kind="right"
def accuracy(predictions, labels):
    pairs = zip(predictions.tolist(), labels.tolist(), strict=True)
    return sum(p == y for p, y in pairs) / predictions.size(0)


# %% where and type kind="right"
def accuracy(predictions, labels):
    return torch.where(predictions == labels, 1.0, 0.0).mean().tolist()


# %% percentage kind="wrong" zh="百分数" en="percentage"
def accuracy(predictions, labels):
    return 100 * (predictions == labels).sum().item() / len(labels)


# %% count kind="wrong" zh="还要除以 n" en="divide by n"
def accuracy(predictions, labels):
    return (predictions == labels).sum().item()


# %% share of wrong ones kind="wrong" zh="错了的比例" en="share of wrong ones"
def accuracy(predictions, labels):
    return (predictions != labels).float().mean().item()


# %% integer division kind="wrong" zh="舍掉" en="drop the decimals"
def accuracy(predictions, labels):
    return (predictions == labels).sum().item() // len(labels)


# %% mean of booleans kind="wrong" zh="先 `.float()`" en="call `.float()` first"
def accuracy(predictions, labels):
    return (predictions == labels).mean().item()


# %% no item kind="wrong" zh="`.item()`" en="`.item()`"
def accuracy(predictions, labels):
    return (predictions == labels).float().mean()


# %% all or nothing kind="wrong" zh="是否全对" en="whether all are right"
def accuracy(predictions, labels):
    return torch.equal(predictions, labels)


# %% compares only kind="wrong" zh="每个预测的对错" en="of each prediction"
def accuracy(predictions, labels):
    return predictions == labels


# %% length of the comparison kind="wrong" zh="错的也在里面" en="wrong ones too"
def accuracy(predictions, labels):
    return len(predictions == labels) / len(labels)


# %% item of the comparison kind="wrong" zh="先归约" en="reduce it first"
def accuracy(predictions, labels):
    return (predictions == labels).item() / len(labels)


# %% always four kind="wrong" zh="n 不总是 4" en="n is not always 4"
def accuracy(predictions, labels):
    return (predictions == labels).sum().item() / 4


# %% rounds kind="wrong" zh="四舍五入" en="round"
def accuracy(predictions, labels):
    return round((predictions == labels).float().mean().item(), 2)


# %% assigns nothing back kind="wrong" zh="return" en="return"
def accuracy(predictions, labels):
    result = (predictions == labels).float().mean().item()
    print(f"accuracy: {result}")

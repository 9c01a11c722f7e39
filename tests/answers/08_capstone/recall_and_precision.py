# %% a loop over classes kind="right"
def recall_and_precision(predicted, labels, classes):
    recall, precision = torch.zeros(classes), torch.zeros(classes)
    for c in range(classes):
        hits = ((predicted == c) & (labels == c)).sum()
        if (labels == c).any():
            recall[c] = hits / (labels == c).sum()
        if (predicted == c).any():
            precision[c] = hits / (predicted == c).sum()
    return recall, precision


# %% confusion matrix kind="right"
def recall_and_precision(predicted, labels, classes):
    table = torch.zeros(classes, classes)
    for p, t in zip(predicted, labels):
        table[t, p] += 1
    hits = table.diagonal()
    return hits / table.sum(1).clamp(min=1), hits / table.sum(0).clamp(min=1)


# %% one-hot and nan_to_num kind="right"
def recall_and_precision(predicted, labels, classes):
    p, t = F.one_hot(predicted, classes).float(), F.one_hot(labels, classes).float()
    hits = (p * t).sum(0)
    return (hits / t.sum(0)).nan_to_num(0), (hits / p.sum(0)).nan_to_num(0)


# %% Python numbers kind="right"
def recall_and_precision(predicted, labels, classes):
    p, t = predicted.tolist(), labels.tolist()
    hits = [sum(a == b == c for a, b in zip(p, t)) for c in range(classes)]
    recall = [hits[c] / max(t.count(c), 1) for c in range(classes)]
    precision = [hits[c] / max(p.count(c), 1) for c in range(classes)]
    return torch.tensor(recall), torch.tensor(precision)


# %% swapped kind="wrong" zh="两个对调了" en="the two are swapped"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    present, named = (torch.bincount(x, minlength=classes).clamp(min=1) for x in (labels, predicted))
    return hits / named, hits / present


# %% nan kind="wrong" zh="不是 nan" en="not nan"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    present, named = (torch.bincount(x, minlength=classes) for x in (labels, predicted))
    return hits / present, hits / named


# %% Python division by zero kind="wrong" zh="除数不要是 0" en="divisor from being 0"
def recall_and_precision(predicted, labels, classes):
    p, t = predicted.tolist(), labels.tolist()
    hits = [sum(a == b == c for a, b in zip(p, t)) for c in range(classes)]
    recall = [hits[c] / t.count(c) for c in range(classes)]
    precision = [hits[c] / p.count(c) for c in range(classes)]
    return torch.tensor(recall), torch.tensor(precision)


# %% all hits kind="wrong" zh="这一类答对" en="this class alone"
def recall_and_precision(predicted, labels, classes):
    hits = (predicted == labels).sum()
    present, named = (torch.bincount(x, minlength=classes).clamp(min=1) for x in (labels, predicted))
    return hits / present, hits / named


# %% of all pictures kind="wrong" zh="图片的总数" en="number of all pictures"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    return hits / max(len(labels), 1), hits / max(len(labels), 1)


# %% recall twice kind="wrong" zh="预测成这一类的次数" en="how often this class was predicted"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    recall = hits / torch.bincount(labels, minlength=classes).clamp(min=1)
    return recall, recall


# %% without minlength kind="wrong" zh="形状" en="shape"
def recall_and_precision(predicted, labels, classes):
    n = int(max(predicted.max(), labels.max())) + 1
    hits = torch.bincount(labels[predicted == labels], minlength=n)
    present, named = (torch.bincount(x, minlength=n).clamp(min=1) for x in (labels, predicted))
    return hits / present, hits / named


# %% float64 kind="wrong" zh="dtype" en="dtype"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes).double()
    present, named = (torch.bincount(x, minlength=classes).clamp(min=1) for x in (labels, predicted))
    return hits / present, hits / named


# %% ten classes always kind="wrong" zh="形状" en="shape"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=10)
    present, named = (torch.bincount(x, minlength=10).clamp(min=1) for x in (labels, predicted))
    return hits / present, hits / named


# %% means of booleans kind="right"
def recall_and_precision(predicted, labels, classes):
    right = predicted == labels
    shares = [[right[x == c].float().mean() for c in range(classes)] for x in (labels, predicted)]
    return tuple(torch.stack(share).nan_to_num() for share in shares)


# %% one for empty classes kind="wrong" zh="应得 0" en="should get 0"
def recall_and_precision(predicted, labels, classes):
    recall, precision = torch.ones(classes), torch.ones(classes)
    for c in range(classes):
        hits = ((predicted == c) & (labels == c)).sum()
        if (labels == c).any():
            recall[c] = hits / (labels == c).sum()
        if (predicted == c).any():
            precision[c] = hits / (predicted == c).sum()
    return recall, precision


# %% repeats counted once kind="wrong" zh="重复的只数了一次" en="repeats are counted once"
def recall_and_precision(predicted, labels, classes):
    table = torch.zeros(classes, classes)
    table[labels, predicted] += 1
    hits = table.diagonal()
    return hits / table.sum(1).clamp(min=1), hits / table.sum(0).clamp(min=1)


# %% right about not this class kind="wrong" zh="「不是这一类」答对的" en="not this class"
def recall_and_precision(predicted, labels, classes):
    right = torch.stack([((predicted == c) == (labels == c)).float().mean() for c in range(classes)])
    return right, right


# %% one tensor kind="wrong" zh="类型应为 tuple" en="expected type tuple"
def recall_and_precision(predicted, labels, classes):
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    present, named = (torch.bincount(x, minlength=classes).clamp(min=1) for x in (labels, predicted))
    return torch.stack([hits / present, hits / named])

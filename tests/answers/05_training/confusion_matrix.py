# %% a loop kind="right"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for label, prediction in zip(labels, predictions):
        matrix[label, prediction] += 1
    return matrix


# %% index_put kind="right"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    ones = torch.ones_like(labels)
    return matrix.index_put_((labels, predictions), ones, accumulate=True)


# %% one hot product kind="right"
def confusion_matrix(labels, predictions, classes):
    a = F.one_hot(labels, classes)
    b = F.one_hot(predictions, classes)
    return a.T @ b


# %% comparisons kind="right"
def confusion_matrix(labels, predictions, classes):
    c = torch.arange(classes)
    is_label = labels[None, :] == c[:, None]
    is_predicted = predictions[None, :] == c[:, None]
    return (is_label[:, None, :] & is_predicted[None, :, :]).sum(-1)


# %% counts kind="right"
def confusion_matrix(labels, predictions, classes):
    pairs = list(zip(labels.tolist(), predictions.tolist()))
    rows = [[pairs.count((i, j)) for j in range(classes)] for i in range(classes)]
    return torch.tensor(rows)


# %% plus equals kind="wrong" zh="重复的" en="repeats"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    matrix[labels, predictions] += 1
    return matrix


# %% transposed kind="wrong" zh="对调" en="swapped"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for label, prediction in zip(labels, predictions):
        matrix[prediction, label] += 1
    return matrix


# %% floats kind="wrong" zh="int64" en="int64"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    for label, prediction in zip(labels, predictions):
        matrix[label, prediction] += 1
    return matrix


# %% shares kind="wrong" zh="int64" en="int64"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    for label, prediction in zip(labels, predictions):
        matrix[label, prediction] += 1
    return matrix / matrix.sum(1, keepdim=True)


# %% errors only kind="wrong" zh="对角线" en="diagonal"
def confusion_matrix(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for label, prediction in zip(labels, predictions):
        if label != prediction:
            matrix[label, prediction] += 1
    return matrix


# %% size from the data kind="wrong" zh="形状" en="shape"
def confusion_matrix(labels, predictions, classes):
    n = int(max(labels.max(), predictions.max())) + 1
    matrix = torch.zeros(n, n, dtype=torch.int64)
    for label, prediction in zip(labels, predictions):
        matrix[label, prediction] += 1
    return matrix


# %% fails without samples kind="wrong" zh="出错" en="stopped"
def confusion_matrix(labels, predictions, classes):
    pairs = torch.stack([labels, predictions])
    assert pairs.max() < classes
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    for label, prediction in pairs.T:
        matrix[label, prediction] += 1
    return matrix


# %% flat kind="wrong" zh="形状" en="shape"
def confusion_matrix(labels, predictions, classes):
    return torch.bincount(labels * classes + predictions, minlength=classes**2)


# %% always ten kind="wrong" zh="形状" en="shape"
def confusion_matrix(labels, predictions, classes):
    return torch.bincount(labels * 10 + predictions, minlength=100).reshape(10, 10)


# %% bincount kind="right"
def confusion_matrix(labels, predictions, classes):
    cells = labels * classes + predictions
    return torch.bincount(cells, minlength=classes * classes).reshape(classes, classes)


# %% bincount without minlength kind="wrong" zh="minlength" en="minlength"
def confusion_matrix(labels, predictions, classes):
    return torch.bincount(labels * classes + predictions).reshape(classes, classes)


# %% one list for all rows kind="wrong" zh="同一个列表" en="one list many times"
def confusion_matrix(labels, predictions, classes):
    rows = [[0] * classes] * classes
    for label, prediction in zip(labels.tolist(), predictions.tolist()):
        rows[label][prediction] += 1
    return torch.tensor(rows)

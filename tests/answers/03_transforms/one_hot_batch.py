# %% functional one_hot kind="right"
def one_hot_batch(labels, classes):
    return functional.one_hot(labels, num_classes=classes).float()


# %% comparing and broadcasting kind="right"
def one_hot_batch(labels, classes):
    return (labels[:, None] == torch.arange(classes, device=labels.device)).to(torch.float32)


# %% rows of the identity kind="right"
def one_hot_batch(labels, classes):
    return torch.eye(classes, device=labels.device)[labels]


# %% index assignment kind="right"
def one_hot_batch(labels, classes):
    vectors = torch.zeros(labels.shape[0], classes, device=labels.device)
    vectors[torch.arange(labels.shape[0], device=labels.device), labels] = 1
    return vectors


# %% loop kind="right"
def one_hot_batch(labels, classes):
    vectors = torch.zeros((len(labels), classes), dtype=torch.float32, device=labels.device)
    for i, label in enumerate(labels):
        vectors[i][label] = 1.0
    return vectors


# %% no number of classes kind="wrong" zh="num_classes" en="num_classes"
def one_hot_batch(labels, classes):
    return functional.one_hot(labels).float()


# %% leaves int64 kind="wrong" zh=".float()" en=".float()"
def one_hot_batch(labels, classes):
    return functional.one_hot(labels, classes)


# %% booleans kind="wrong" zh=".float()" en=".float()"
def one_hot_batch(labels, classes):
    return labels[:, None] == torch.arange(classes)


# %% index lies flat kind="wrong" zh="unsqueeze(1)" en="unsqueeze(1)"
def one_hot_batch(labels, classes):
    return torch.zeros(len(labels), classes).scatter_(1, labels.unsqueeze(0), 1)


# %% every label in every row kind="wrong" zh="每一行都写了所有的标签" en="every label is in every row"
def one_hot_batch(labels, classes):
    vectors = torch.zeros(len(labels), classes, device=labels.device)
    vectors[:, labels] = 1
    return vectors


# %% classes as rows kind="wrong" zh="一行一个样本" en="one row for each sample"
def one_hot_batch(labels, classes):
    return functional.one_hot(labels, classes).float().T


# %% writes the labels kind="wrong" zh="value=1" en="value=1"
def one_hot_batch(labels, classes):
    vectors = torch.zeros(len(labels), classes, device=labels.device)
    return vectors.scatter_(1, labels[:, None], labels[:, None].float())


# %% counts from one kind="wrong" zh="差了一列" en="one column off"
def one_hot_batch(labels, classes):
    return functional.one_hot((labels - 1) % classes, classes).float()


# %% ones and zeros swapped kind="wrong" zh="0 和 1 反了" en="wrong way round"
def one_hot_batch(labels, classes):
    return (labels[:, None] != torch.arange(classes, device=labels.device)).float()


# %% zeros on the CPU kind="wrong" zh="同一个设备" en="on its input's device"
def one_hot_batch(labels, classes):
    return torch.zeros(len(labels), classes).scatter_(1, labels.unsqueeze(1), 1.0)


# %% scatter without the underscore kind="wrong" zh="什么也没有写进去" en="nothing was written"
def one_hot_batch(labels, classes):
    vectors = torch.zeros(len(labels), classes, device=labels.device)
    vectors.scatter(1, labels.unsqueeze(1), 1.0)
    return vectors


# %% one vector for all labels kind="wrong" zh="同一个向量" en="into one vector"
def one_hot_batch(labels, classes):
    return torch.zeros(classes, device=labels.device).scatter_(0, labels, value=1)


# %% index lies down kind="wrong" zh="不是 `unsqueeze(0)`" en="not `unsqueeze(0)`"
def one_hot_batch(labels, classes):
    vectors = torch.zeros(len(labels), classes, device=labels.device)
    return vectors.scatter_(1, labels.unsqueeze(0), 1.0)

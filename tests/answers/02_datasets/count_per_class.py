# %% counters kind="right"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for image, label in dataset:
        counts[label] += 1
    return counts


# %% bincount kind="right"
def count_per_class(dataset, classes):
    labels = torch.tensor([int(label) for _, label in dataset])
    return torch.bincount(labels, minlength=classes)


# %% a list of counters kind="right"
def count_per_class(dataset, classes):
    counts = [0] * classes
    for i in range(len(dataset)):
        counts[dataset[i][1]] += 1
    return torch.tensor(counts)


# %% Counter kind="right"
from collections import Counter


def count_per_class(dataset, classes):
    counter = Counter(int(label) for _, label in dataset)
    return torch.tensor([counter[c] for c in range(classes)])


# %% compares and sums kind="right"
def count_per_class(dataset, classes):
    labels = torch.as_tensor([label for _, label in dataset])
    return (labels == torch.arange(classes)[:, None]).sum(dim=1)


# %% a DataLoader kind="right"
from torch.utils.data import DataLoader


def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.long)
    for _, labels in DataLoader(dataset, batch_size=16):
        counts += torch.bincount(labels, minlength=classes)
    return counts


# %% one-hot kind="right"
def count_per_class(dataset, classes):
    labels = torch.stack([torch.as_tensor(dataset[i][1]) for i in range(len(dataset))])
    return torch.nn.functional.one_hot(labels, classes).sum(0)


# %% NumPy kind="right"
import numpy as np


def count_per_class(dataset, classes):
    labels = [int(y) for _, y in dataset]
    return torch.from_numpy(np.bincount(labels, minlength=classes)).long()


# %% class by class kind="right"
def count_per_class(dataset, classes):
    return torch.tensor([sum(int(y == c) for _, y in dataset) for c in range(classes)])


# %% without minlength kind="wrong" zh="也要占一个 0" en="has its 0 too"
def count_per_class(dataset, classes):
    return torch.bincount(torch.tensor([int(label) for _, label in dataset]))


# %% only classes that occur kind="wrong" zh="也要占一个 0" en="has its 0 too"
def count_per_class(dataset, classes):
    labels = torch.tensor([int(label) for _, label in dataset])
    return labels.unique(return_counts=True)[1]


# %% float counters kind="wrong" zh="dtype=torch.int64" en="dtype=torch.int64"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes)
    for _, label in dataset:
        counts[label] += 1
    return counts


# %% sets to one kind="wrong" zh="每出现一次都要算" en="every time"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for _, label in dataset:
        counts[label] = 1
    return counts


# %% adds at once kind="wrong" zh="每出现一次都要算" en="every time"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    labels = torch.tensor([int(label) for _, label in dataset])
    counts[labels] += 1
    return counts


# %% targets kind="wrong" zh="没有 `targets`" en="no `targets`"
def count_per_class(dataset, classes):
    return torch.bincount(dataset.targets, minlength=classes)


# %% tensors as keys kind="wrong" zh="另一个字典键" en="as keys"
from collections import Counter


def count_per_class(dataset, classes):
    counter = Counter(label for _, label in dataset)
    return torch.tensor([counter[c] for c in range(classes)])


# %% returns a list kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def count_per_class(dataset, classes):
    counts = [0] * classes
    for _, label in dataset:
        counts[label] += 1
    return counts


# %% stops one short kind="wrong" zh="最后一个样本" en="last sample"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for i in range(len(dataset) - 1):
        counts[dataset[i][1]] += 1
    return counts


# %% starts at one kind="wrong" zh="第一个样本" en="first sample"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for i in range(1, len(dataset)):
        counts[dataset[i][1]] += 1
    return counts


# %% total kind="wrong" zh="样本的总数" en="number of samples"
def count_per_class(dataset, classes):
    count = 0
    for _, label in dataset:
        count += 1
    return count


# %% fractions kind="wrong" zh="比例" en="not fractions"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes)
    for _, label in dataset:
        counts[label] += 1
    return counts / len(dataset)


# %% ten classes always kind="wrong" zh="写死了大小" en="size fixed"
def count_per_class(dataset, classes):
    counts = torch.zeros(10, dtype=torch.int64)
    for _, label in dataset:
        counts[label] += 1
    return counts


# %% needs item kind="wrong" zh="`int`" en="`int`"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for _, label in dataset:
        counts[label.item()] += 1
    return counts


# %% int32 kind="wrong" zh="好几种 dtype" en="several dtypes"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int32)
    for _, label in dataset:
        counts[label] += 1
    return counts


# %% forgot return kind="wrong" zh="return" en="return"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for _, label in dataset:
        counts[label] += 1


# %% returns inside the loop kind="wrong" zh="写在循环里面" en="inside the loop"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for _, label in dataset:
        counts[label] += 1
        return counts


# %% sample as an index kind="wrong" zh="用整个样本作了索引" en="a whole sample was used as an index"
def count_per_class(dataset, classes):
    counts = torch.zeros(classes, dtype=torch.int64)
    for sample in dataset:
        counts[sample] += 1
    return counts


# %% sample as an index of a list kind="wrong" zh="用整个样本作了索引" en="a whole sample was used as an index"
def count_per_class(dataset, classes):
    counts = [0] * classes
    for sample in dataset:
        counts[sample] += 1
    return torch.tensor(counts)


# %% bincount of a list kind="wrong" zh="`torch.tensor(…)`" en="`torch.tensor(…)`"
def count_per_class(dataset, classes):
    return torch.bincount([label for _, label in dataset], minlength=classes)


# %% stacks the labels kind="wrong" zh="`int(label)`" en="`int(label)`"
def count_per_class(dataset, classes):
    return torch.bincount(torch.stack([label for _, label in dataset]), minlength=classes)

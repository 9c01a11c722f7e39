# %% unpacks the sample kind="right"
def class_name(dataset, index):
    image, label = dataset[index]
    return dataset.classes[label]


# %% in one line kind="right"
def class_name(dataset, index):
    return dataset.classes[dataset[index][1]]


# %% a dictionary of names kind="right"
def class_name(dataset, index):
    names = dict(enumerate(dataset.classes))
    return names[int(dataset[index][-1])]


# %% walks up to the sample kind="right"
def class_name(dataset, index):
    for position, (_, label) in enumerate(dataset):
        if position == index:
            break
    return dataset.classes[label]


# %% targets if there are any kind="right"
def class_name(dataset, index):
    targets = getattr(dataset, "targets", None)
    label = dataset[index][1] if targets is None else int(targets[index])
    return dataset.classes[label]


# %% operator kind="right"
from operator import itemgetter


def class_name(dataset, index):
    label = itemgetter(1)(dataset.__getitem__(index))
    return itemgetter(label)(dataset.classes)


# %% returns the label kind="wrong" zh="还只是一个数" en="a number so far"
def class_name(dataset, index):
    return dataset[index][1]


# %% returns the sample kind="wrong" zh="整个样本" en="whole sample"
def class_name(dataset, index):
    return dataset[index]


# %% looks up the index kind="wrong" zh="不是标签" en="not the label"
def class_name(dataset, index):
    return dataset.classes[index]


# %% reads targets kind="wrong" zh="没有 `targets`" en="no `targets`"
def class_name(dataset, index):
    return dataset.classes[dataset.targets[index]]


# %% table of Fashion-MNIST kind="wrong" zh="不是 Fashion-MNIST 的" en="not from Fashion-MNIST's"
def class_name(dataset, index):
    labels_map = {
        0: "T-Shirt",
        1: "Trouser",
        2: "Pullover",
        3: "Dress",
        4: "Coat",
        5: "Sandal",
        6: "Shirt",
        7: "Sneaker",
        8: "Bag",
        9: "Ankle Boot",
    }
    return labels_map[dataset[index][1]]


# %% classes of torchvision kind="wrong" zh="不是 Fashion-MNIST 的" en="not from Fashion-MNIST's"
def class_name(dataset, index):
    return datasets.FashionMNIST.classes[dataset[index][1]]


# %% always the first sample kind="wrong" zh="第 0 个样本" en="sample 0"
def class_name(dataset, index):
    image, label = dataset[0]
    return dataset.classes[label]


# %% counts from one kind="wrong" zh="差了一位" en="one off"
def class_name(dataset, index):
    image, label = dataset[index]
    return dataset.classes[label - 1]


# %% picture and label swapped kind="wrong" zh="第二个是标签" en="label comes second"
def class_name(dataset, index):
    label, image = dataset[index]
    return dataset.classes[label]


# %% prints kind="wrong" zh="return" en="return"
def class_name(dataset, index):
    print(dataset.classes[dataset[index][1]])


# %% calls the list kind="wrong" zh="用方括号" en="square brackets"
def class_name(dataset, index):
    image, label = dataset[index]
    return dataset.classes(label)


# %% item of an int kind="wrong" zh="不用 `.item()`" en="leave out `.item()`"
def class_name(dataset, index):
    image, label = dataset[index]
    return dataset.classes[label.item()]

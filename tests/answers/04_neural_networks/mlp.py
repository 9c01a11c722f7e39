# %% pairwise kind="right"
from itertools import pairwise


def mlp(sizes):
    layers = []
    for d, k in pairwise(sizes):
        if layers:
            layers.append(nn.ReLU())
        layers.append(nn.Linear(d, k))
    return nn.Sequential(*layers)


# %% a class of its own kind="right"
class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)


def mlp(sizes):
    return Net(sizes)


# %% recursion kind="right"
def mlp(sizes):
    first = nn.Linear(sizes[0], sizes[1])
    if len(sizes) == 2:
        return first
    return nn.Sequential(first, nn.ReLU(), mlp(sizes[1:]))


# %% one ReLU for all kind="right"
def mlp(sizes):
    relu = nn.ReLU()
    net = nn.Sequential()
    last = len(sizes) - 2
    for i in range(last + 1):
        net.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < last:
            net.append(relu)
    return net


# %% ReLU at the end kind="wrong" zh="最后一个线性层之后不要 ReLU" en="no ReLU after the last"
def mlp(sizes):
    layers = []
    for d, k in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [nn.Linear(d, k), nn.ReLU()]
    return nn.Sequential(*layers)


# %% no ReLU kind="wrong" zh="没有 ReLU" en="no ReLU between"
def mlp(sizes):
    return nn.Sequential(*[nn.Linear(d, k) for d, k in zip(sizes[:-1], sizes[1:], strict=True)])


# %% hands over a list kind="wrong" zh="`*layers`" en="`*layers`"
def mlp(sizes):
    return nn.Sequential([nn.Linear(d, k) for d, k in zip(sizes[:-1], sizes[1:], strict=True)])


# %% returns a list kind="wrong" zh="`nn.Sequential(*layers)`" en="`nn.Sequential(*layers)`"
def mlp(sizes):
    return [nn.Linear(d, k) for d, k in zip(sizes[:-1], sizes[1:], strict=True)]


# %% sizes swapped kind="wrong" zh="对调" en="swapped"
def mlp(sizes):
    layers = []
    for d, k in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [nn.Linear(k, d), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


# %% one layer too few kind="wrong" zh="少了一层" en="a layer too few"
def mlp(sizes):
    layers = [nn.Linear(sizes[0], sizes[1])]
    for i in range(1, len(sizes) - 2):
        layers += [nn.ReLU(), nn.Linear(sizes[i], sizes[i + 1])]
    return nn.Sequential(*layers)


# %% empties the list kind="wrong" zh="不要改动" en="don't change the list"
def mlp(sizes):
    layers = []
    d = sizes.pop(0)
    while sizes:
        k = sizes.pop(0)
        layers += [nn.Linear(d, k), nn.ReLU()]
        d = k
    return nn.Sequential(*layers[:-1])


# %% no return kind="wrong" zh="忘了 `return`" en="forget `return`"
def mlp(sizes):
    nn.Sequential(*[nn.Linear(d, k) for d, k in zip(sizes[:-1], sizes[1:], strict=True)])


# %% a list of modules kind="wrong" zh="只存放各层" en="only keeps layers"
def mlp(sizes):
    layers = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    return nn.ModuleList(layers[:-1])


# %% a class for a layer kind="wrong" zh="这是类" en="this is a class"
def mlp(sizes):
    layers = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU]
    return nn.Sequential(*layers[:-1])

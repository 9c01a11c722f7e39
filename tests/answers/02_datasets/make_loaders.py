# %% a generator by two lines kind="right"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    return (
        DataLoader(train, batch_size, shuffle=True, generator=g, drop_last=False),
        DataLoader(test, batch_size, shuffle=False),
    )


# %% a random sampler kind="right"
from torch.utils.data import RandomSampler, SequentialSampler


def make_loaders(train, test, batch_size, seed):
    sampler = RandomSampler(train, generator=torch.Generator().manual_seed(seed))
    return (
        DataLoader(train, batch_size=batch_size, sampler=sampler),
        DataLoader(test, batch_size=batch_size, sampler=SequentialSampler(test)),
    )


# %% a sampler of one's own kind="right"
class Shuffled:
    def __init__(self, n, seed):
        self.n, self.seed, self.epoch = n, seed, 0

    def __len__(self):
        return self.n

    def __iter__(self):
        g = torch.Generator().manual_seed(self.seed * 100_003 + self.epoch)
        self.epoch += 1
        return iter(torch.randperm(self.n, generator=g).tolist())


def make_loaders(train, test, batch_size, seed):
    return DataLoader(train, batch_size, sampler=Shuffled(len(train), seed)), DataLoader(test, batch_size)


# %% a generator for each kind="right"
def make_loaders(train, test, batch_size, seed):
    loaders = []
    for dataset in (train, test):
        own = torch.Generator().manual_seed(seed)
        loaders.append(DataLoader(dataset, batch_size=batch_size, shuffle=dataset is train, generator=own))
    return tuple(loaders)


# %% Python's random kind="right"
import random


class PythonShuffled(Sampler):
    def __init__(self, dataset, seed):
        self.indices, self.random = list(range(len(dataset))), random.Random(seed)

    def __len__(self):
        return len(self.indices)

    def __iter__(self):
        return iter(self.random.sample(self.indices, len(self.indices)))


def make_loaders(train, test, batch_size, seed):
    sampler = PythonShuffled(train, seed)
    return DataLoader(train, batch_size=batch_size, sampler=sampler), DataLoader(test, batch_size=batch_size)


# %% without a generator kind="wrong" zh="新造一个 `torch.Generator`" en="make a new `torch.Generator`"
def make_loaders(train, test, batch_size, seed):
    return DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(test, batch_size=batch_size)


# %% a generator outside kind="wrong" zh="每次调用都要新造" en="in each call"
own = torch.Generator()


def make_loaders(train, test, batch_size, seed):
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=own),
        DataLoader(test, batch_size=batch_size),
    )


# %% the global seed kind="wrong" zh="改动了全局的随机状态" en="changed the global random state"
def make_loaders(train, test, batch_size, seed):
    torch.manual_seed(seed)
    return DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(test, batch_size=batch_size)


# %% shuffles both kind="wrong" zh="test_loader 打乱了" en="test_loader shuffles"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=g),
        DataLoader(test, batch_size=batch_size, shuffle=True),
    )


# %% shuffles neither kind="wrong" zh="`shuffle=True`" en="`shuffle=True`"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, generator=g),
        DataLoader(test, batch_size=batch_size),
    )


# %% one generator for both kind="wrong" zh="共用一个生成器" en="share one generator"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=g),
        DataLoader(test, batch_size=batch_size, generator=g),
    )


# %% shuffled once and for all kind="wrong" zh="每个轮次的顺序都一样" en="same order in every epoch"
def make_loaders(train, test, batch_size, seed):
    order = torch.randperm(len(train), generator=torch.Generator().manual_seed(seed))
    train = Subset(train, order.tolist())
    return DataLoader(train, batch_size=batch_size), DataLoader(test, batch_size=batch_size)


# %% a fixed seed kind="wrong" zh="不要写死" en="neither forget nor fix it"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(0)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=g),
        DataLoader(test, batch_size=batch_size),
    )


# %% drops the last batch kind="wrong" zh="drop_last=True" en="drop_last=True"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, drop_last=True, generator=g),
        DataLoader(test, batch_size=batch_size),
    )


# %% drops the last test batch kind="wrong" zh="test_loader：短的" en="test_loader: the short"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=g),
        DataLoader(test, batch_size=batch_size, drop_last=True),
    )


# %% forgets the batch size kind="wrong" zh="batch_size=batch_size" en="batch_size=batch_size"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, shuffle=True, generator=g), DataLoader(test)


# %% the wrong way round kind="wrong" zh="顺序反了" en="the wrong way round"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    return DataLoader(test, batch_size=batch_size), train_loader


# %% train twice kind="wrong" zh="用混了" en="mixed up"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=g),
        DataLoader(train, batch_size=batch_size),
    )


# %% draws with replacement kind="wrong" zh="有放回" en="without replacement"
from torch.utils.data import RandomSampler


def make_loaders(train, test, batch_size, seed):
    sampler = RandomSampler(train, replacement=True, generator=torch.Generator().manual_seed(seed))
    return DataLoader(train, batch_size=batch_size, sampler=sampler), DataLoader(test, batch_size=batch_size)


# %% lists of batches kind="wrong" zh="两个 `DataLoader`" en="two `DataLoader`s"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return (
        list(DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)),
        list(DataLoader(test, batch_size=batch_size)),
    )


# %% only the training loader kind="wrong" zh="两个 `DataLoader`" en="two `DataLoader`s"
def make_loaders(train, test, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)


# %% the seed as a generator kind="wrong" zh="生成器是 `torch.Generator().manual_seed(…)`" en="a generator is made by `torch.Generator().manual_seed(…)`"
def make_loaders(train, test, batch_size, seed):
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=seed),
        DataLoader(test, batch_size=batch_size),
    )


# %% seed as the device of the generator kind="wrong" zh="`torch.Generator().manual_seed(…)`" en="`torch.Generator().manual_seed(…)`"
def make_loaders(train, test, batch_size, seed):
    generator = torch.Generator(seed)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator)
    return train_loader, DataLoader(test, batch_size=batch_size)


# %% generator without brackets kind="wrong" zh="加上括号" en="brackets"
def make_loaders(train, test, batch_size, seed):
    generator = torch.Generator.manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator)
    return train_loader, DataLoader(test, batch_size=batch_size)

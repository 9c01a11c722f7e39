# %% validation first, then swapped kind="right"
def split(dataset, share, seed):
    size = round(len(dataset) * share)
    g = torch.Generator()
    g.manual_seed(seed)
    validation, training = random_split(dataset, [size, len(dataset) - size], g)
    return training, validation


# %% a shuffled order cut in two kind="right"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    size = round(share * n)
    return Subset(dataset, order[size:]), Subset(dataset, order[:size])


# %% Python's random kind="right"
import random


def split(dataset, share, seed):
    indices = list(range(len(dataset)))
    random.Random(seed).shuffle(indices)
    k = len(indices) - round(share * len(indices))
    return Subset(dataset, sorted(indices[:k])), Subset(dataset, sorted(indices[k:]))


# %% NumPy kind="right"
import numpy as np


def split(dataset, share, seed):
    n = len(dataset)
    chosen = np.random.default_rng(seed).choice(n, size=round(share * n), replace=False).tolist()
    rest = [i for i in range(n) if i not in set(chosen)]
    return Subset(dataset, rest), Subset(dataset, chosen)


# %% a view class kind="right"
class View(Dataset):
    def __init__(self, dataset, indices):
        self.dataset, self.indices = dataset, indices

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, i):
        return self.dataset[self.indices[i]]


def split(dataset, share, seed):
    n = len(dataset)
    scores = torch.rand(n, generator=torch.Generator().manual_seed(seed))
    order = scores.argsort()
    size = round(share * n)
    return View(dataset, order[size:]), View(dataset, order[:size])


# %% returns the list of random_split kind="right"
def split(dataset, share, seed):
    size = round(share * len(dataset))
    generator = torch.Generator().manual_seed(seed)
    return random_split(dataset, [len(dataset) - size, size], generator=generator)


# %% rounds down kind="wrong" zh="向下取整" en="round down"
def split(dataset, share, seed):
    n = len(dataset)
    size = int(share * n)
    a, b = random_split(dataset, [n - size, size], generator=torch.Generator().manual_seed(seed))
    return a, b


# %% shares to random_split kind="wrong" zh="向下取整" en="round down"
def split(dataset, share, seed):
    own = torch.Generator().manual_seed(seed)
    training, validation = random_split(dataset, [1 - share, share], generator=own)
    return training, validation


# %% the wrong way round kind="wrong" zh="顺序反了" en="the training part comes first"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    a, b = random_split(dataset, [size, n - size], generator=torch.Generator().manual_seed(seed))
    return a, b


# %% without a generator kind="wrong" zh="全局的随机状态" en="global random state"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    a, b = random_split(dataset, [n - size, size])
    return a, b


# %% sets the global seed kind="wrong" zh="全局的随机状态" en="global random state"
def split(dataset, share, seed):
    torch.manual_seed(seed)
    n = len(dataset)
    size = round(share * n)
    a, b = random_split(dataset, [n - size, size])
    return a, b


# %% forgets the seed kind="wrong" zh="全局的随机状态" en="global random state"
import random


def split(dataset, share, seed):
    order = list(range(len(dataset)))
    random.shuffle(order)
    size = round(share * len(order))
    return Subset(dataset, order[size:]), Subset(dataset, order[:size])


# %% a fixed seed kind="wrong" zh="不要写死" en="not a fixed number"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    a, b = random_split(dataset, [n - size, size], generator=torch.Generator().manual_seed(42))
    return a, b


# %% the last ones kind="wrong" zh="要随机地分" en="split at random"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    return Subset(dataset, range(n - size)), Subset(dataset, range(n - size, n))


# %% two independent draws kind="wrong" zh="同一个打乱的顺序" en="cut one shuffled order"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    g = torch.Generator().manual_seed(seed)
    training = torch.randperm(n, generator=g)[: n - size]
    validation = torch.randperm(n, generator=g)[:size]
    return Subset(dataset, training.tolist()), Subset(dataset, validation.tolist())


# %% trains on everything kind="wrong" zh="有样本两份都有" en="some samples are in both"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    return dataset, Subset(dataset, order[: round(share * n)])


# %% only the validation part is taken kind="wrong" zh="有样本丢了" en="some samples are lost"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    size = int(share * n)
    return Subset(dataset, order[: int((1 - share) * n) - 1]), Subset(dataset, order[:size])


# %% indices instead of samples kind="wrong" zh="也许是索引" en="maybe an index"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    size = round(share * n)
    return order[size:], order[:size]


# %% lists of samples kind="wrong" zh="分的时候读了样本" en="samples were read while splitting"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed)).tolist()
    size = round(share * n)
    return [dataset[i] for i in order[size:]], [dataset[i] for i in order[:size]]


# %% tensors of indices kind="wrong" zh="应该是数据集" en="should be a dataset"
def split(dataset, share, seed):
    n = len(dataset)
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    size = round(share * n)
    return order[size:], order[:size]


# %% only one part kind="wrong" zh="要返回两份" en="return two parts"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    return random_split(dataset, [n - size, size], generator=torch.Generator().manual_seed(seed))[1]


# %% shuffles the first half only kind="wrong" zh="要随机地分" en="split at random"
def split(dataset, share, seed):
    n = len(dataset)
    order = [
        *range(n // 2, n),
        *torch.randperm(n // 2, generator=torch.Generator().manual_seed(seed)).tolist(),
    ]
    size = round(share * n)
    return Subset(dataset, order[size:]), Subset(dataset, order[:size])


# %% a random stretch kind="wrong" zh="同样的机会" en="equally likely"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    start = torch.randint(n - size + 1, (1,), generator=torch.Generator().manual_seed(seed)).item()
    chosen = list(range(start, start + size))
    return Subset(dataset, [i for i in range(n) if i not in chosen]), Subset(dataset, chosen)


# %% the seed as a generator kind="wrong" zh="不是种子本身" en="not the seed itself"
def split(dataset, share, seed):
    n = len(dataset)
    size = round(share * n)
    a, b = random_split(dataset, [n - size, size], generator=seed)
    return a, b


# %% seeds Python's random kind="wrong" zh="全局的随机状态" en="global random state"
import random


def split(dataset, share, seed):
    order = list(range(len(dataset)))
    random.seed(seed)
    random.shuffle(order)
    size = round(share * len(order))
    return Subset(dataset, order[size:]), Subset(dataset, order[:size])


# %% a generator without the seed kind="wrong" zh="同一个 `seed` 再分一次" en="the same `seed` splits differently"
def split(dataset, share, seed):
    generator = torch.Generator()
    generator.seed()
    size = round(share * len(dataset))
    return random_split(dataset, [len(dataset) - size, size], generator=generator)


# %% does not round kind="wrong" zh="要是整数" en="whole numbers"
def split(dataset, share, seed):
    n = len(dataset)
    own = torch.Generator().manual_seed(seed)
    return tuple(random_split(dataset, [n - share * n, share * n], generator=own))


# %% seed as the device of the generator kind="wrong" zh="`torch.Generator().manual_seed(…)`" en="`torch.Generator().manual_seed(…)`"
def split(dataset, share, seed):
    validation = round(share * len(dataset))
    generator = torch.Generator(seed)
    return random_split(dataset, [len(dataset) - validation, validation], generator=generator)


# %% generator without brackets kind="wrong" zh="加上括号" en="brackets"
def split(dataset, share, seed):
    validation = round(share * len(dataset))
    generator = torch.Generator.manual_seed(seed)
    return random_split(dataset, [len(dataset) - validation, validation], generator=generator)

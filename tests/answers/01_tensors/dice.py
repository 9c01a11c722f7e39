# %% named bounds kind="right"
def dice(shape):
    return torch.randint(low=1, high=7, size=shape)


# %% six numbers shifted kind="right"
def dice(shape):
    return torch.randint(6, shape) + 1


# %% rand and floor kind="right"
def dice(shape):
    return torch.floor(6 * torch.rand(shape)).long() + 1


# %% random_ in place kind="right"
def dice(shape):
    return torch.empty(shape, dtype=torch.int64).random_(1, 7)


# %% multinomial kind="right"
import math


def dice(shape):
    faces = torch.multinomial(torch.ones(6), math.prod(shape), replacement=True)
    return faces.reshape(shape) + 1


# %% indexes into the faces kind="right"
def dice(shape):
    faces = torch.tensor([1, 2, 3, 4, 5, 6])
    return faces[torch.randint(0, 6, shape)]


# %% Python's random kind="right"
import random


def dice(shape):
    count = 1
    for size in shape:
        count *= size
    return torch.tensor([random.randint(1, 6) for _ in range(count)]).reshape(shape)


# %% NumPy kind="right"
def dice(shape):
    return torch.tensor(np.random.default_rng().integers(1, 7, size=shape))


# %% random_ on floats kind="right"
def dice(shape):
    return torch.zeros(shape).random_(1, 7).to(torch.int64)


# %% a distribution kind="right"
def dice(shape):
    return torch.distributions.Categorical(probs=torch.ones(6) / 6).sample(shape) + 1


# %% upper bound left out kind="wrong" zh="上界不包含" en="upper bound"
def dice(shape):
    return torch.randint(1, 6, shape)


# %% starts at zero kind="wrong" zh="0 点" en="rolled a 0"
def dice(shape):
    return torch.randint(0, 7, shape)


# %% six numbers from zero kind="wrong" zh="0 点" en="rolled a 0"
def dice(shape):
    return torch.randint(6, shape)


# %% one too many kind="wrong" zh="7 点" en="rolled a 7"
def dice(shape):
    return torch.randint(7, shape) + 1


# %% rounds kind="wrong" zh="机会不均等" en="not equally likely"
def dice(shape):
    return torch.round(1 + 5 * torch.rand(shape)).long()


# %% bell curve kind="wrong" zh="机会不均等" en="not equally likely"
def dice(shape):
    return (3.5 + torch.randn(shape)).round().clamp(1, 6).long()


# %% decimals kind="wrong" zh="整数" en="whole numbers"
def dice(shape):
    return 1 + 6 * torch.rand(shape)


# %% whole but float32 kind="wrong" zh="`.long()`" en="`.long()`"
def dice(shape):
    return torch.floor(1 + 6 * torch.rand(shape))


# %% cuts decimals before stretching kind="wrong" zh="太早" en="too early"
def dice(shape):
    return 1 + 6 * torch.rand(shape).long()


# %% int32 kind="wrong" zh="`int64` 整数" en="of type `int64`"
def dice(shape):
    return torch.randint(1, 7, shape).int()


# %% unpacks a shape without axes kind="wrong" zh="不要写 `*`" en="without `*`"
def dice(shape):
    return (torch.rand(*shape) * 6).long() + 1


# %% seeds inside kind="wrong" zh="种子" en="seed"
def dice(shape):
    torch.manual_seed(0)
    return torch.randint(1, 7, shape)


# %% one die for all kind="wrong" zh="同一个点数" en="same number"
def dice(shape):
    return torch.full(shape, torch.randint(1, 7, ()).item())


# %% same roll in every row kind="wrong" zh="每一行" en="every row"
def dice(shape):
    return torch.randint(1, 7, shape[-1:]).expand(shape)


# %% shape of the example kind="wrong" zh="`shape`" en="`shape`"
def dice(shape):
    return torch.randint(1, 7, (2, 3))


# %% first size only kind="wrong" zh="`shape`" en="`shape`"
def dice(shape):
    return torch.randint(1, 7, (shape[0],))


# %% shape not a tuple kind="wrong" zh="元组" en="tuple"
def dice(shape):
    return torch.randint(1, 7, shape[0], shape[1])


# %% two sizes only kind="wrong" zh="写死了大小" en="a size fixed"
def dice(shape):
    return torch.randint(1, 7, (shape[0], shape[1]))


# %% a NumPy array kind="wrong" zh="from_numpy" en="from_numpy"
def dice(shape):
    return np.random.randint(1, 7, shape)


# %% a list kind="wrong" zh="torch.tensor(…)" en="torch.tensor(…)"
def dice(shape):
    import random

    return [[random.randint(1, 6) for _ in range(shape[1])] for _ in range(shape[0])]


# %% prints kind="wrong" zh="return" en="return"
def dice(shape):
    print(torch.randint(1, 7, shape))

# %% math.prod kind="right"
import math


def count_numbers(shape):
    return math.prod(shape)


# %% torch.Size knows kind="right"
def count_numbers(shape):
    return torch.Size(shape).numel()


# %% recursion kind="right"
def count_numbers(shape):
    if not shape:
        return 1
    return shape[0] * count_numbers(shape[1:])


# %% adds the sizes kind="wrong" zh="相乘" en="multiply"
def count_numbers(shape):
    return sum(shape)


# %% counts the axes kind="wrong" zh="轴的个数" en="how many axes"
def count_numbers(shape):
    return len(shape)


# %% first axis only kind="wrong" zh="只用了一个轴" en="one axis only"
def count_numbers(shape):
    return shape[0]


# %% starts at zero for no axis kind="wrong" zh="没有轴" en="without axes"
def count_numbers(shape):
    if not shape:
        return 0
    count = shape[0]
    for size in shape[1:]:
        count *= size
    return count


# %% two axes only kind="wrong" zh="IndexError" en="IndexError"
def count_numbers(shape):
    return shape[0] * shape[1]


# %% returns a tensor kind="wrong" zh="item()" en="item()"
def count_numbers(shape):
    return torch.tensor(shape).prod()


# %% prints instead of returning kind="wrong" zh="return" en="return"
def count_numbers(shape):
    print(torch.Size(shape).numel())

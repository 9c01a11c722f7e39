# %% ceil kind="right"
import math


def number_of_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else math.ceil(n / batch_size)


# %% a real loader kind="right"
def number_of_batches(n, batch_size, drop_last):
    return len(DataLoader(range(n), batch_size=batch_size, drop_last=drop_last))


# %% steps of a range kind="right"
def number_of_batches(n, batch_size, drop_last):
    sizes = [min(batch_size, n - start) for start in range(0, n, batch_size)]
    return len([size for size in sizes if size == batch_size or not drop_last])


# %% divmod kind="right"
def number_of_batches(n, batch_size, drop_last):
    full, rest = divmod(n, batch_size)
    return full + int(rest > 0 and not drop_last)


# %% rounds up by adding kind="right"
def number_of_batches(n, batch_size, drop_last):
    if not drop_last:
        n += batch_size - 1
    return n // batch_size


# %% split of a tensor kind="right"
def number_of_batches(n, batch_size, drop_last):
    if n == 0:
        return 0
    parts = torch.arange(n).split(batch_size)
    return sum(1 for part in parts if not drop_last or len(part) == batch_size)


# %% always whole division kind="wrong" zh="也是一批" en="is a batch too"
def number_of_batches(n, batch_size, drop_last):
    return n // batch_size


# %% always rounds up kind="wrong" zh="不满的最后一批不算" en="does not count"
def number_of_batches(n, batch_size, drop_last):
    return -(-n // batch_size)


# %% always one more kind="wrong" zh="不要总是加 1" en="don't always add 1"
def number_of_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else n // batch_size + 1


# %% drops the last whatever its size kind="wrong" zh="最后一批是满的" en="the last one is full"
def number_of_batches(n, batch_size, drop_last):
    return -(-n // batch_size) - (1 if drop_last else 0)


# %% the wrong way round kind="wrong" zh="不满的最后一批" en="not full"
def number_of_batches(n, batch_size, drop_last):
    return -(-n // batch_size) if drop_last else n // batch_size


# %% rounds to the nearest kind="wrong" zh="也是一批" en="is a batch too"
def number_of_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else round(n / batch_size)


# %% rounds halves up kind="wrong" zh="不能四舍五入" en="don't round to the nearest"
def number_of_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else int(n / batch_size + 0.5)


# %% a fraction kind="wrong" zh="整除用 `//`" en="`//` divides without remainder"
def number_of_batches(n, batch_size, drop_last):
    return n / batch_size


# %% prints kind="wrong" zh="return" en="return"
def number_of_batches(n, batch_size, drop_last):
    print(n // batch_size if drop_last else -(-n // batch_size))

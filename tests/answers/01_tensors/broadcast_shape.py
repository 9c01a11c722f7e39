# %% from the right with zip_longest kind="right"
from itertools import zip_longest


def broadcast_shape(a, b):
    result = []
    for p, q in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if p == q or q == 1:
            result.append(p)
        elif p == 1:
            result.append(q)
        else:
            raise ValueError("shapes don't broadcast")
    return tuple(result[::-1])


# %% torch knows kind="right"
def broadcast_shape(a, b):
    try:
        return torch.broadcast_shapes(a, b)
    except RuntimeError as error:
        raise ValueError(str(error)) from error


# %% NumPy knows kind="right"
def broadcast_shape(a, b):
    return np.broadcast_shapes(a, b)


# %% tries it kind="right"
def broadcast_shape(a, b):
    try:
        return (torch.zeros(a) + torch.zeros(b)).shape
    except RuntimeError:
        raise ValueError(f"{a}, {b}") from None


# %% recursion kind="right"
def broadcast_shape(a, b):
    if not a or not b:
        return a or b
    p, q = a[-1], b[-1]
    if p != q and p != 1 and q != 1:
        raise ValueError
    return broadcast_shape(a[:-1], b[:-1]) + (q if p == 1 else p,)


# %% pads lists with a loop kind="right"
def broadcast_shape(a, b):
    a, b = list(a), list(b)
    while len(a) < len(b):
        a.insert(0, 1)
    while len(b) < len(a):
        b.insert(0, 1)
    shape = ()
    for i in range(len(a)):
        sizes = {a[i], b[i]} - {1}
        if len(sizes) > 1:
            raise ValueError("no broadcast")
        shape += (sizes.pop() if sizes else 1,)
    return shape


# %% negative indices kind="right"
def broadcast_shape(a, b):
    shape = [0] * max(len(a), len(b))
    for i in range(-1, -len(shape) - 1, -1):
        p = a[i] if -i <= len(a) else 1
        q = b[i] if -i <= len(b) else 1
        if p == 1:
            shape[i] = q
        elif q in (1, p):
            shape[i] = p
        else:
            raise ValueError(f"axis {i}: {p} and {q}")
    return tuple(shape)


# %% a torch.Size kind="right"
def broadcast_shape(a, b):
    try:
        x, _ = torch.broadcast_tensors(torch.empty(a), torch.empty(b))
    except RuntimeError as error:
        raise ValueError("cannot broadcast") from error
    return x.size()


# %% aligns at the left kind="wrong" zh="右端对齐" en="align the shapes at the right"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a = a + (1,) * (length - len(a))
    b = b + (1,) * (length - len(b))
    shape = []
    for p, q in zip(a, b, strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError
        shape.append(max(p, q))
    return tuple(shape)


# %% zips from the left kind="wrong" zh="多出来的轴" en="the extra axes"
def broadcast_shape(a, b):
    shape = []
    for p, q in zip(a, b, strict=False):
        if p != q and p != 1 and q != 1:
            raise ValueError
        shape.append(q if p == 1 else p)
    return tuple(shape)


# %% drops the extra axes kind="wrong" zh="多出来的轴" en="the extra axes"
def broadcast_shape(a, b):
    shape = []
    for p, q in zip(reversed(a), reversed(b), strict=False):
        if p != q and 1 not in (p, q):
            raise ValueError
        shape.insert(0, q if p == 1 else p)
    return tuple(shape)


# %% forgets to turn round kind="wrong" zh="最后要翻过来" en="turn it round"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a = (1,) * (length - len(a)) + a
    b = (1,) * (length - len(b)) + b
    shape = []
    for p, q in zip(a[::-1], b[::-1], strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError
        shape.append(q if p == 1 else p)
    return tuple(shape)


# %% takes the larger kind="wrong" zh="1 和 0" en="1 and 0"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a = (1,) * (length - len(a)) + a
    b = (1,) * (length - len(b)) + b
    shape = []
    for p, q in zip(a, b, strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError
        shape.append(max(p, q))
    return tuple(shape)


# %% never refuses kind="wrong" zh="不能广播" en="don't broadcast"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a = (1,) * (length - len(a)) + a
    b = (1,) * (length - len(b)) + b
    return tuple(q if p == 1 else p for p, q in zip(a, b, strict=True))


# %% returns the error kind="wrong" zh="`return`、`print`" en="to return it"
def broadcast_shape(a, b):
    try:
        return tuple(torch.broadcast_shapes(a, b))
    except RuntimeError:
        return ValueError("cannot broadcast")


# %% lets torch's error through kind="wrong" zh="别种错误" en="another kind of error"
def broadcast_shape(a, b):
    return torch.broadcast_shapes(a, b)


# %% prints the error kind="wrong" zh="`return`、`print`" en="to print it"
def broadcast_shape(a, b):
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        print("ValueError")


# %% refuses different lengths kind="wrong" zh="缺的轴当作 1" en="a missing axis counts as 1"
def broadcast_shape(a, b):
    if len(a) != len(b):
        raise ValueError("different ranks")
    return np.broadcast_shapes(a, b)


# %% wants equal sizes kind="wrong" zh="1 可以拉伸" en="a 1 is stretched"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a = (1,) * (length - len(a)) + a
    b = (1,) * (length - len(b)) + b
    if a != b:
        raise ValueError
    return a


# %% returns a list kind="wrong" zh="变成元组" en="makes a tuple"
def broadcast_shape(a, b):
    return list(np.broadcast_shapes(a, b))


# %% takes the longer shape kind="wrong" zh="要拉伸" en="is stretched"
def broadcast_shape(a, b):
    np.broadcast_shapes(a, b)
    return a if len(a) >= len(b) else b


# %% indexes both by the longer length kind="wrong" zh="索引越界" en="one side shorter"
def broadcast_shape(a, b):
    shape = []
    for i in range(1, max(len(a), len(b)) + 1):
        p, q = a[-i], b[-i]
        if p != q and 1 not in (p, q):
            raise ValueError
        shape.insert(0, q if p == 1 else p)
    return tuple(shape)

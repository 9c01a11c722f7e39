# %% loops kind="right"
def most_confused(matrix):
    best, pair = -1, None
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            if i != j and matrix[i, j].item() > best:
                best, pair = matrix[i, j].item(), (i, j)
    return pair


# %% subtracts the diagonal kind="right"
def most_confused(matrix):
    off = matrix - torch.diag(matrix.diagonal())
    place = int(torch.argmax(off))
    return place // len(matrix), place % len(matrix)


# %% nonzero kind="right"
def most_confused(matrix):
    off = matrix.masked_fill(torch.eye(len(matrix), dtype=torch.bool), -1)
    i, j = (off == off.max()).nonzero()[0].tolist()
    return i, j


# %% max of pairs kind="right"
def most_confused(matrix):
    n = len(matrix)
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    return max(pairs, key=lambda pair: matrix[pair].item())


# %% unravel kind="right"
def most_confused(matrix):
    off = matrix * (1 - torch.eye(matrix.shape[0], dtype=torch.int64))
    i, j = torch.unravel_index(off.argmax(), off.shape)
    return i.item(), j.item()


# %% diagonal too kind="wrong" zh="认对的" en="right ones"
def most_confused(matrix):
    return divmod(matrix.argmax().item(), len(matrix))


# %% swapped kind="wrong" zh="对调" en="swapped"
def most_confused(matrix):
    off = matrix.clone().fill_diagonal_(0)
    i, j = divmod(off.argmax().item(), len(matrix))
    return j, i


# %% position kind="wrong" zh="类型" en="type"
def most_confused(matrix):
    return matrix.clone().fill_diagonal_(0).argmax().item()


# %% changes the matrix kind="wrong" zh="改动了" en="changed its argument"
def most_confused(matrix):
    matrix.fill_diagonal_(0)
    return divmod(matrix.argmax().item(), len(matrix))


# %% both ways kind="wrong" zh="两种错误" en="two mistakes"
def most_confused(matrix):
    both = (matrix + matrix.T).fill_diagonal_(0)
    return divmod(both.argmax().item(), len(matrix))


# %% shares kind="wrong" zh="比例" en="share"
def most_confused(matrix):
    share = (matrix / matrix.sum(1, keepdim=True)).fill_diagonal_(0)
    return divmod(share.argmax().item(), len(matrix))


# %% last of equals kind="wrong" zh="最前面" en="first pair"
def most_confused(matrix):
    best, pair = -1, None
    for i in range(len(matrix)):
        for j in range(len(matrix)):
            if i != j and matrix[i, j] >= best:
                best, pair = matrix[i, j], (i, j)
    return pair


# %% tensors kind="wrong" zh=".item()" en=".item()"
def most_confused(matrix):
    off = matrix.clone().fill_diagonal_(0)
    return off.amax(1).argmax(), off.amax(0).argmax()


# %% row of most errors kind="wrong" zh="结果" en="value"
def most_confused(matrix):
    off = matrix.clone().fill_diagonal_(0)
    i = off.sum(1).argmax().item()
    return i, off[i].argmax().item()


# %% divmod of a tensor kind="wrong" zh="先 `.item()`" en="call `.item()` first"
def most_confused(matrix):
    mistakes = matrix.clone().fill_diagonal_(0)
    return divmod(mistakes.argmax(), len(mistakes))


# %% divides with a remainder kind="wrong" zh="整除用 `//`" en="`//` divides"
def most_confused(matrix):
    mistakes = matrix.clone().fill_diagonal_(0)
    position = mistakes.argmax().item()
    return position / len(mistakes), position % len(mistakes)

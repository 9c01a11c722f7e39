# %% keeps the inside kind="right"
def frame(picture, value):
    framed = torch.full_like(picture, value)
    framed[1:-1, 1:-1] = picture[1:-1, 1:-1]
    return framed


# %% mask and where kind="right"
def frame(picture, value):
    inside = torch.zeros(picture.shape, dtype=torch.bool)
    inside[1:-1, 1:-1] = True
    return torch.where(inside, picture, value)


# %% masked_fill kind="right"
def frame(picture, value):
    ring = torch.ones_like(picture, dtype=torch.bool)
    ring[1:-1, 1:-1] = False
    return picture.masked_fill(ring, value)


# %% cut and pad kind="right"
import torch.nn.functional as F


def frame(picture, value):
    return F.pad(picture[1:-1, 1:-1], (1, 1, 1, 1), value=value)


# %% pixel by pixel kind="right"
def frame(picture, value):
    h, w = picture.shape
    framed = picture.detach().clone()
    for i in range(h):
        for j in range(w):
            if i == 0 or i == h - 1 or j == 0 or j == w - 1:
                framed[i, j] = value
    return framed


# %% two sides at once kind="right"
def frame(picture, value):
    framed = torch.empty_like(picture).copy_(picture)
    framed[[0, -1]] = value
    framed[:, [0, -1]] = value
    return framed


# %% with a step kind="right"
def frame(picture, value):
    h, w = picture.shape
    framed = picture.clone()
    framed[:: h - 1].fill_(value)
    framed[:, :: w - 1].fill_(value)
    return framed


# %% NumPy kind="right"
def frame(picture, value):
    array = picture.numpy().copy()
    array[0, :] = array[-1, :] = value
    array[:, 0] = array[:, -1] = value
    return torch.from_numpy(array)


# %% index_fill kind="right"
def frame(picture, value):
    h, w = picture.shape
    framed = picture.index_fill(0, torch.tensor([0, h - 1]), value)
    return framed.index_fill(1, torch.tensor([0, w - 1]), value)


# %% list of lists kind="right"
def frame(picture, value):
    rows = picture.tolist()
    rows[0] = rows[-1] = [value] * len(rows[0])
    for row in rows:
        row[0] = row[-1] = value
    return torch.tensor(rows, dtype=picture.dtype)


# %% writes into the argument kind="wrong" zh="改动了" en="changed its argument"
def frame(picture, value):
    picture[0] = picture[-1] = value
    picture[:, 0] = picture[:, -1] = value
    return picture


# %% another name is not a copy kind="wrong" zh="改动了" en="changed its argument"
def frame(picture, value):
    framed = picture
    framed[0] = framed[-1] = value
    framed[:, 0] = framed[:, -1] = value
    return framed


# %% a slice is not a copy kind="wrong" zh="切片不复制" en="a slice copies nothing"
def frame(picture, value):
    framed = picture[:]
    framed[0] = framed[-1] = value
    framed[:, 0] = framed[:, -1] = value
    return framed


# %% inside out kind="wrong" zh="里外反了" en="inside out"
def frame(picture, value):
    framed = picture.clone()
    framed[1:-1, 1:-1] = value
    return framed


# %% top and bottom only kind="wrong" zh="还差边" en="sides are missing"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = value
    framed[-1] = value
    return framed


# %% left and right only kind="wrong" zh="还差边" en="sides are missing"
def frame(picture, value):
    framed = picture.clone()
    framed[:, 0] = value
    framed[:, -1] = value
    return framed


# %% forgot the right side kind="wrong" zh="还差边" en="sides are missing"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = value
    framed[-1] = value
    framed[:, 0] = value
    return framed


# %% first row and column only kind="wrong" zh="还差边" en="sides are missing"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = value
    framed[:, 0] = value
    return framed


# %% corners only kind="wrong" zh="角" en="corner"
def frame(picture, value):
    framed = picture.clone()
    framed[[0, 0, -1, -1], [0, -1, 0, -1]] = value
    return framed


# %% two corners only kind="wrong" zh="角" en="corner"
def frame(picture, value):
    framed = picture.clone()
    framed[[0, -1], [0, -1]] = value
    return framed


# %% everything filled kind="wrong" zh="里面的像素应该照旧" en="inside should stay"
def frame(picture, value):
    return torch.full_like(picture, value)


# %% empties the inside kind="wrong" zh="里面的像素应该照旧" en="inside should stay"
def frame(picture, value):
    framed = torch.zeros_like(picture)
    framed[0] = framed[-1] = value
    framed[:, 0] = framed[:, -1] = value
    return framed


# %% frame around the picture kind="wrong" zh="不是在外面再加一圈" en="not a ring around it"
def frame(picture, value):
    return torch.nn.functional.pad(picture, (1, 1, 1, 1), value=value)


# %% one pixel in kind="wrong" zh="最后一行是 `-1`" en="the last row is `-1`"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = framed[-2] = value
    framed[:, 0] = framed[:, -2] = value
    return framed


# %% always one kind="wrong" zh="`value`" en="`value`"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = framed[-1] = 1
    framed[:, 0] = framed[:, -1] = 1
    return framed


# %% size of the example kind="wrong" zh="大小写死了" en="a size is fixed"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = framed[2] = value
    framed[:, 0] = framed[:, 3] = value
    return framed


# %% adds the value kind="wrong" zh="换成" en="replaced"
def frame(picture, value):
    framed = picture.clone()
    framed[1:-1, 1:-1] -= value
    return framed + value


# %% float frame kind="wrong" zh="不要让小数混进来" en="keep floats out"
def frame(picture, value):
    framed = torch.full(picture.shape, float(value))
    framed[1:-1, 1:-1] = picture[1:-1, 1:-1]
    return framed


# %% returns the last side kind="wrong" zh="整张图片" en="the whole picture"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = framed[-1] = value
    framed[:, 0] = framed[:, -1] = value
    return framed[:, -1]


# %% forgot return kind="wrong" zh="return" en="return"
def frame(picture, value):
    framed = picture.clone()
    framed[0] = framed[-1] = value
    framed[:, 0] = framed[:, -1] = value

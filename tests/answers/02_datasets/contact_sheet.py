# %% permute kind="right"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.reshape(-1, columns, h, w).permute(0, 2, 1, 3).reshape(-1, columns * w)


# %% transpose kind="right"
def contact_sheet(images, columns):
    h, w = images.shape[-2:]
    lines = images.squeeze(1).reshape(-1, columns, h, w).transpose(1, 2)
    return lines.flatten(0, 1).flatten(1, 2)


# %% cat of cats kind="right"
def contact_sheet(images, columns):
    lines = []
    for start in range(0, len(images), columns):
        lines.append(torch.cat([image[0] for image in images[start : start + columns]], dim=1))
    return torch.cat(lines, dim=0)


# %% writes into an empty sheet kind="right"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    sheet = torch.empty(n // columns * h, columns * w, dtype=images.dtype, device=images.device)
    for k in range(n):
        row, column = divmod(k, columns)
        sheet[row * h : (row + 1) * h, column * w : (column + 1) * w] = images[k, 0]
    return sheet


# %% hstack and vstack kind="right"
def contact_sheet(images, columns):
    return torch.vstack([torch.hstack(list(line[:, 0])) for line in images.split(columns)])


# %% make_grid kind="right"
from torchvision.utils import make_grid


def contact_sheet(images, columns):
    if len(images) == 1:
        return images[0, 0]
    return make_grid(images, nrow=columns, padding=0)[0]


# %% puts all first rows together kind="right"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    lines = []
    for start in range(0, n, columns):
        for i in range(h):
            lines.append(images[torch.arange(start, start + columns), 0, i].flatten())
    return torch.stack(lines)


# %% NumPy kind="right"
import numpy as np


def contact_sheet(images, columns):
    array = images.numpy()
    return torch.from_numpy(
        np.block([[array[r + c, 0] for c in range(columns)] for r in range(0, len(array), columns)])
    )


# %% movedim kind="right"
def contact_sheet(images, columns):
    n, c, h, w = images.shape
    grid = images.unflatten(0, (n // columns, columns)).movedim(1, 3)
    return grid.reshape(n // columns * h, columns * w)


# %% reshape alone kind="wrong" zh="首尾相接" en="strings the rows"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.reshape(n // columns * h, columns * w)


# %% view alone kind="wrong" zh="首尾相接" en="strings the rows"
def contact_sheet(images, columns):
    return images.contiguous().view(-1, columns * images.shape[-1])


# %% down the columns kind="wrong" zh="从左到右" en="left to right"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    grid = images.reshape(columns, n // columns, h, w)
    return grid.permute(1, 2, 0, 3).reshape(n // columns * h, columns * w)


# %% columns are rows kind="wrong" zh="不是有几行" en="not how many rows"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    grid = images.reshape(columns, n // columns, h, w)
    return grid.permute(0, 2, 1, 3).reshape(columns * h, n // columns * w)


# %% turns the pictures kind="wrong" zh="行和列对调" en="rows and columns are swapped"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    grid = images.reshape(n // columns, columns, h, w)
    return grid.permute(0, 3, 1, 2).reshape(n // columns * w, columns * h)


# %% wrong axes but right shape kind="wrong" zh="行和列对调" en="rows and columns are swapped"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    turned = images.transpose(2, 3).reshape(n, 1, h, w)
    return torch.cat([torch.cat(list(line[:, 0]), dim=1) for line in turned.split(columns)])


# %% keeps the channel kind="wrong" zh="没有通道" en="no axis for the channel"
def contact_sheet(images, columns):
    return torch.cat([torch.cat(list(line), dim=2) for line in images.split(columns)], dim=1)


# %% one long column kind="wrong" zh="一长条" en="one long strip"
def contact_sheet(images, columns):
    return torch.cat([image[0] for image in images], dim=0)


# %% one long row kind="wrong" zh="一长条" en="one long strip"
def contact_sheet(images, columns):
    return torch.cat(list(images[:, 0]), dim=1)


# %% size of Fashion-MNIST kind="wrong" zh="不要写死" en="don't fix"
def contact_sheet(images, columns):
    n = len(images)
    grid = images.reshape(n // columns, columns, 28, 28)
    return grid.permute(0, 2, 1, 3).reshape(n // columns * 28, columns * 28)


# %% reversed kind="wrong" zh="顺序反了" en="reverse order"
def contact_sheet(images, columns):
    flipped = images.flip(0)
    return torch.cat([torch.cat(list(line[:, 0]), dim=1) for line in flipped.split(columns)])


# %% float sheet kind="wrong" zh="整数" en="whole numbers"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    sheet = torch.zeros(n // columns * h, columns * w)
    for k in range(n):
        row, column = k // columns, k % columns
        sheet[row * h : (row + 1) * h, column * w : (column + 1) * w] = images[k, 0]
    return sheet


# %% sheet on the CPU kind="wrong" zh="同一个设备" en="input's device"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    sheet = torch.zeros(n // columns * h, columns * w, dtype=images.dtype)
    for k in range(n):
        row, column = k // columns, k % columns
        sheet[row * h : (row + 1) * h, column * w : (column + 1) * w] = images[k, 0]
    return sheet


# %% view after permute kind="wrong" zh="`reshape`" en="`reshape`"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.reshape(-1, columns, h, w).permute(0, 2, 1, 3).view(-1, columns * w)


# %% padding of make_grid kind="wrong" zh="空隙" en="gaps"
from torchvision.utils import make_grid


def contact_sheet(images, columns):
    return make_grid(images, nrow=columns)[0]


# %% draws it kind="wrong" zh="return" en="return"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    sheet = images.reshape(-1, columns, h, w).permute(0, 2, 1, 3).reshape(-1, columns * w)
    sheet.sum()


# %% forgets the final merge kind="wrong" zh="还差最后一步" en="one step is left"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.reshape(n // columns, columns, h, w).permute(0, 2, 1, 3)


# %% divides to a float kind="wrong" zh="用 `//` 而不是 `/`" en="use `//` instead of `/`"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.reshape(n / columns, columns, h, w).permute(0, 2, 1, 3).reshape(-1, columns * w)


# %% lines upright kind="wrong" zh="竖着" en="upright"
def contact_sheet(images, columns):
    lines = [torch.cat(list(images[i : i + columns, 0])) for i in range(0, len(images), columns)]
    return torch.cat(lines, dim=1)


# %% as for a single line kind="wrong" zh="所有图片排成一行" en="all pictures into one line"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    return images.squeeze(1).permute(1, 0, 2).reshape(n // columns * h, columns * w)


# %% splits into columns and lines kind="wrong" zh="拆反了" en="wrong way round"
def contact_sheet(images, columns):
    n, _, h, w = images.shape
    blocks = images.reshape(columns, n // columns, h, w)
    return blocks.permute(0, 2, 1, 3).reshape(n // columns * h, columns * w)

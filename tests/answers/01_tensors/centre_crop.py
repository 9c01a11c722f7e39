# %% narrow kind="right"
def centre_crop(pictures, size):
    n, h, w = pictures.shape
    return pictures.narrow(1, (h - size) // 2, size).narrow(2, (w - size) // 2, size)


# %% picture by picture kind="right"
def centre_crop(pictures, size):
    crops = []
    for picture in pictures:
        h, w = picture.shape
        top, left = (h - size) // 2, (w - size) // 2
        crops.append(picture[top : top + size, left : left + size])
    return torch.stack(crops)


# %% pixel by pixel kind="right"
def centre_crop(pictures, size):
    n, h, w = pictures.shape
    result = pictures.new_empty(n, size, size)
    for k in range(n):
        for i in range(size):
            for j in range(size):
                result[k, i, j] = pictures[k, (h - size) // 2 + i, (w - size) // 2 + j]
    return result


# %% index tensors kind="right"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    rows = torch.arange(size) + (h - size) // 2
    columns = torch.arange(size) + (w - size) // 2
    return pictures[:, rows[:, None], columns]


# %% negative padding kind="right"
import torch.nn.functional as F


def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return F.pad(pictures, (-left, left + size - w, -top, top + size - h))


# %% in two steps kind="right"
def centre_crop(pictures, size):
    start = int((pictures.size(-2) - size) / 2)
    rows = pictures[..., start : start + size, :]
    start = int((pictures.size(-1) - size) / 2)
    return rows[..., start : start + size].contiguous()


# %% stops from the end kind="right"
def centre_crop(pictures, size):
    n, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    bottom, right = h - size - top, w - size - left
    return pictures[:, top : h - bottom, left : w - right]


# %% NumPy kind="right"
def centre_crop(pictures, size):
    array = pictures.numpy()
    top = (array.shape[1] - size) // 2
    left = (array.shape[2] - size) // 2
    return torch.from_numpy(array[:, top : top + size, left : left + size].copy())


# %% top left corner kind="wrong" zh="左上角" en="top left corner"
def centre_crop(pictures, size):
    return pictures[:, :size, :size]


# %% first picture only kind="wrong" zh="第一个轴" en="first axis"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[0, top : top + size, left : left + size]


# %% margin of the rows for both kind="wrong" zh="高和宽不同" en="h and w differ"
def centre_crop(pictures, size):
    start = (pictures.shape[1] - size) // 2
    return pictures[:, start : start + size, start : start + size]


# %% margin of the columns for both kind="wrong" zh="高和宽不同" en="h and w differ"
def centre_crop(pictures, size):
    start = (pictures.shape[2] - size) // 2
    return pictures[:, start : start + size, start : start + size]


# %% h and w swapped kind="wrong" zh="h 和 w 对调了" en="h and w are swapped"
def centre_crop(pictures, size):
    n, w, h = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[:, top : top + size, left : left + size]


# %% rounds the margin kind="wrong" zh="//" en="//"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = round((h - size) / 2), round((w - size) / 2)
    return pictures[:, top : top + size, left : left + size]


# %% rounds the margin up kind="wrong" zh="//" en="//"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size + 1) // 2, (w - size + 1) // 2
    return pictures[:, top : top + size, left : left + size]


# %% half minus half kind="wrong" zh="先相减" en="subtract first"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = h // 2 - size // 2, w // 2 - size // 2
    return pictures[:, top : top + size, left : left + size]


# %% true division kind="wrong" zh="//" en="//"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) / 2, (w - size) / 2
    return pictures[:, top : top + size, left : left + size]


# %% stops at size kind="wrong" zh="终点" en="stop"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[:, top:size, left:size]


# %% one row and column too few kind="wrong" zh="终点" en="stop"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[:, top : top + size - 1, left : left + size - 1]


# %% one row and column too many kind="wrong" zh="终点" en="stop"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[:, top : top + size + 1, left : left + size + 1]


# %% same margin on both sides kind="wrong" zh="终点" en="stop"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[:, top : h - top, left : w - left]


# %% stop at minus zero kind="wrong" zh="-0" en="-0"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    bottom, right = h - size - top, w - size - left
    return pictures[:, top:-bottom, left:-right]


# %% first two axes kind="wrong" zh="第一个轴" en="first axis"
def centre_crop(pictures, size):
    top = (pictures.shape[0] - size) // 2
    left = (pictures.shape[1] - size) // 2
    return pictures[top : top + size, left : left + size]


# %% drops the batch axis in a slice kind="wrong" zh="第一个轴" en="first axis"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    return pictures[top : top + size, left : left + size]


# %% returns the list of crops kind="wrong" zh="torch.stack(…)" en="torch.stack(…)"
def centre_crop(pictures, size):
    crops = []
    for picture in pictures:
        top = (picture.shape[0] - size) // 2
        left = (picture.shape[1] - size) // 2
        crops.append(picture[top : top + size, left : left + size])
    return crops


# %% written for 28 by 28 kind="wrong" zh="`pictures.shape`" en="`pictures.shape`"
def centre_crop(pictures, size):
    top = (28 - size) // 2
    return pictures[:, top : top + size, top : top + size]


# %% prints kind="wrong" zh="return" en="return"
def centre_crop(pictures, size):
    _, h, w = pictures.shape
    top, left = (h - size) // 2, (w - size) // 2
    print(pictures[:, top : top + size, left : left + size])

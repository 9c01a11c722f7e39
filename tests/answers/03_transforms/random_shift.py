# %% slices kind="right"
def random_shift(image, most):
    _, h, w = image.shape
    down = torch.randint(-most, most + 1, ()).item()
    right = torch.randint(-most, most + 1, ()).item()
    result = torch.zeros_like(image)
    result[:, max(down, 0) : h + min(down, 0), max(right, 0) : w + min(right, 0)] = image[
        :, max(-down, 0) : h + min(-down, 0), max(-right, 0) : w + min(-right, 0)
    ]
    return result


# %% RandomCrop kind="right"
def random_shift(image, most):
    return v2.RandomCrop(tuple(image.shape[1:]), padding=most)(image) if most else image.clone()


# %% roll and blank kind="right"
def random_shift(image, most):
    down, right = (torch.randint(2 * most + 1, (2,)) - most).tolist()
    result = torch.roll(image, (down, right), dims=(1, 2))
    if down > 0:
        result[:, :down] = 0
    if down < 0:
        result[:, down:] = 0
    if right > 0:
        result[:, :, :right] = 0
    if right < 0:
        result[:, :, right:] = 0
    return result


# %% pixel by pixel kind="right"
def random_shift(image, most):
    down, right = int(torch.randint(-most, most + 1, (1,))), int(torch.randint(-most, most + 1, (1,)))
    result = torch.zeros_like(image)
    for i in range(image.shape[1]):
        for j in range(image.shape[2]):
            if 0 <= i - down < image.shape[1] and 0 <= j - right < image.shape[2]:
                result[:, i, j] = image[:, i - down, j - right]
    return result


# %% larger canvas kind="right"
def random_shift(image, most):
    c, h, w = image.shape
    canvas = image.new_zeros(c, h + 2 * most, w + 2 * most)
    canvas[:, most : most + h, most : most + w] = image
    i = int(torch.rand(()) * (2 * most + 1))
    j = int(torch.rand(()) * (2 * most + 1))
    return canvas[:, i : i + h, j : j + w].clone()


# %% wraps around kind="wrong" zh="roll" en="roll"
def random_shift(image, most):
    down, right = torch.randint(-most, most + 1, (2,)).tolist()
    return image.roll((down, right), (1, 2))


# %% upper bound left out kind="wrong" zh="上限不包括在内" en="upper bound"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    top, left = torch.randint(0, max(2 * most, 1), (2,)).tolist()
    return padded[:, top : top + h, left : left + w]


# %% the same number both ways kind="wrong" zh="各抽一个数" en="one number for each direction"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    start = torch.randint(0, 2 * most + 1, ()).item()
    return padded[:, start : start + h, start : start + w]


# %% only down and right kind="wrong" zh="有的移动从来不出现" en="some shifts never occur"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, 0, most, 0))
    top, left = torch.randint(0, most + 1, (2,)).tolist()
    return padded[:, top : top + h, left : left + w]


# %% not random kind="wrong" zh="要随机地抽" en="draw it at random"
def random_shift(image, most):
    result = torch.zeros_like(image)
    result[:, most:, most:] = image[:, : image.shape[1] - most, : image.shape[2] - most]
    return result


# %% does not cut kind="wrong" zh="形状" en="shape"
def random_shift(image, most):
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return functional.pad(image, (left, 2 * most - left, top, 2 * most - top))


# %% too far kind="wrong" zh="移得太远" en="too far"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (2 * most, 2 * most, 2 * most, 2 * most))
    top, left = torch.randint(0, 4 * most + 1, (2,)).tolist()
    return padded[:, top : top + h, left : left + w]


# %% changes its argument kind="wrong" zh="函数改动了" en="the function changed"
def random_shift(image, most):
    down, right = torch.randint(-most, most + 1, (2,)).tolist()
    moved = image.clone()
    image.zero_()
    h, w = image.shape[1:]
    image[:, max(down, 0) : h + min(down, 0), max(right, 0) : w + min(right, 0)] = moved[
        :, max(-down, 0) : h + min(-down, 0), max(-right, 0) : w + min(-right, 0)
    ]
    return image


# %% Python's random numbers kind="wrong" zh="PyTorch 的随机数" en="PyTorch's random numbers"
import random


def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    top, left = random.randint(0, 2 * most), random.randint(0, 2 * most)
    return padded[:, top : top + h, left : left + w]


# %% each channel for itself kind="wrong" zh="所有通道" en="all channels"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    result = torch.zeros_like(image)
    for k in range(len(image)):
        top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
        result[k] = padded[k, top : top + h, left : left + w]
    return result


# %% upper bound left out and negative numbers kind="wrong" zh="上限不包括在内" en="upper bound"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    down, right = torch.randint(-most, most, (2,)).tolist()
    return padded[:, most - down : most - down + h, most - right : most - right + w]


# %% slices that stop at minus zero kind="wrong" zh="`x[:-0]` 就是 `x[:0]`" en="`x[:-0]` is `x[:0]`"
def random_shift(image, most):
    padded = torch.zeros(len(image), image.shape[1] + 2 * most, image.shape[2] + 2 * most, dtype=image.dtype)
    padded[:, most:-most, most:-most] = image
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return padded[:, top : top + image.shape[1], left : left + image.shape[2]]


# %% repeats the edge kind="wrong" zh="空出来的填 0" en="what comes in is 0"
def random_shift(image, most):
    _, h, w = image.shape
    padded = functional.pad(image.float(), (most, most, most, most), mode="replicate").to(image.dtype)
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return padded[:, top : top + h, left : left + w]


# %% sets a seed kind="wrong" zh="每次移动的都一样" en="moves by the same every time"
def random_shift(image, most):
    torch.manual_seed(0)
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return padded[:, top : top + h, left : left + w]


# %% rounds random fractions kind="wrong" zh="每个数机会要相等" en="equally likely"
def random_shift(image, most):
    down, right = ((torch.rand(2) * 2 - 1) * most).round().int().tolist()
    return functional.pad(image, (right, -right, down, -down))

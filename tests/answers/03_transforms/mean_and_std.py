# %% in float64 kind="right"
def mean_and_std(images):
    pixels = images.to(torch.float64).flatten() / 255
    return float(pixels.mean()), float(pixels.std(correction=0))


# %% with a histogram kind="right"
def mean_and_std(images):
    counts = torch.bincount(images.flatten().long(), minlength=256).double()
    values = torch.arange(256).double() / 255
    mean = (counts * values).sum() / counts.sum()
    variance = (counts * (values - mean) ** 2).sum() / counts.sum()
    return mean.item(), variance.sqrt().item()


# %% NumPy kind="right"
def mean_and_std(images):
    pixels = images.numpy() / 255
    return float(pixels.mean()), float(pixels.std())


# %% picture by picture, sums only kind="right"
def mean_and_std(images):
    total, squares, n = 0.0, 0.0, 0
    for image in images:
        pixels = image.double() / 255
        total += pixels.sum().item()
        squares += (pixels**2).sum().item()
        n += pixels.numel()
    mean = total / n
    return mean, (squares / n - mean**2) ** 0.5


# %% std_mean scaled afterwards kind="right"
def mean_and_std(images):
    std, mean = torch.std_mean(images.double())
    return mean.item() / 255, std.item() / 255


# %% does not divide by 255 kind="wrong" zh="先除以 255" en="divide by 255 first"
def mean_and_std(images):
    pixels = images.float()
    return pixels.mean().item(), pixels.std().item()


# %% variance kind="wrong" zh="平方根" en="square root"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.mean().item(), pixels.var().item()


# %% std first kind="wrong" zh="先均值，后标准差" en="the mean comes first"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.std().item(), pixels.mean().item()


# %% averages the stds of the pictures kind="wrong" zh="一起算" en="all pixels count together"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.mean().item(), pixels.std(dim=(1, 2)).mean().item()


# %% averages the stds of the places kind="wrong" zh="一起算" en="all pixels count together"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.mean().item(), pixels.std(dim=0).mean().item()


# %% returns tensors kind="wrong" zh="item()" en="item()"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.mean(), pixels.std()


# %% first picture only kind="wrong" zh="第一张图片" en="first picture alone"
def mean_and_std(images):
    pixels = images[0].double() / 255
    return pixels.mean().item(), pixels.std().item()


# %% divides whole kind="wrong" zh="丢掉小数" en="lose the fractions"
def mean_and_std(images):
    pixels = (images // 255).double()
    return pixels.mean().item(), pixels.std().item()


# %% mean of integers kind="wrong" zh="浮点" en="float"
def mean_and_std(images):
    return images.mean().item() / 255, images.std().item() / 255


# %% mean of squares minus square of the mean kind="right"
def mean_and_std(images):
    pixels = images.float() / 255
    mean = pixels.mean()
    return mean.item(), ((pixels**2).mean() - mean**2).sqrt().item()


# %% squares in uint8 kind="wrong" zh="整数会溢出" en="integers overflow"
def mean_and_std(images):
    mean = images.sum().item() / images.numel() / 255
    variance = (images**2).sum().item() / images.numel() / 255**2 - mean**2
    return mean, variance**0.5


# %% squares in uint8 with a root of the math module kind="wrong" zh="溢出" en="overflow"
import math


def mean_and_std(images):
    mean = images.sum().item() / images.numel() / 255
    return mean, math.sqrt((images**2).sum().item() / images.numel() / 255**2 - mean**2)


# %% squares in uint8 with nan kind="wrong" zh="整数会溢出" en="integers overflow"
def mean_and_std(images):
    mean = images.float().mean() / 255
    return mean.item(), ((images**2).float().mean() / 255**2 - mean**2).sqrt().item()


# %% divides in place kind="wrong" zh="不要就地计算" en="don't compute in place"
def mean_and_std(images):
    pixels = images.div_(255)
    return pixels.mean().item(), pixels.std().item()


# %% how the pictures' means vary kind="wrong" zh="平均亮度的标准差" en="brightness of whole pictures"
def mean_and_std(images):
    means = (images.float() / 255).mean(dim=(1, 2))
    return means.mean().item(), means.std().item()


# %% absolute deviations kind="wrong" zh="不是取绝对值" en="absolute values"
def mean_and_std(images):
    pixels = images.float() / 255
    return pixels.mean().item(), (pixels - pixels.mean()).abs().mean().item()


# %% rounds kind="wrong" zh="不要四舍五入" en="don't round"
def mean_and_std(images):
    pixels = images.float() / 255
    return round(pixels.mean().item(), 3), round(pixels.std().item(), 3)


# %% divides by 256 kind="wrong" zh="不是 256" en="not by 256"
def mean_and_std(images):
    pixels = images.float() / 256
    return pixels.mean().item(), pixels.std().item()


# %% always the same pictures kind="wrong" zh="要用参数 `images` 来算" en="from the argument `images`"
mine = torch.arange(256, dtype=torch.uint8).reshape(1, 16, 16)


def mean_and_std(images):
    pixels = mine / 255
    return pixels.mean().item(), pixels.std().item()

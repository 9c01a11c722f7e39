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

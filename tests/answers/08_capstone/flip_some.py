# %% mask and assignment kind="right"
def flip_some(images, p):
    result = images.clone()
    chosen = torch.rand(len(images)) < p
    result[chosen] = images[chosen].flip(3)
    return result


# %% a loop kind="right"
def flip_some(images, p):
    result = images.clone()
    for i in range(len(images)):
        if torch.rand(()) < p:
            result[i] = images[i].flip(-1)
    return result


# %% bernoulli kind="right"
def flip_some(images, p):
    coins = torch.bernoulli(torch.full((images.shape[0],), float(p), device=images.device)).bool()
    return torch.where(coins.reshape(-1, 1, 1, 1), torch.flip(images, dims=[3]), images)


# %% reversed columns by index kind="right"
def flip_some(images, p):
    columns = torch.arange(images.shape[3] - 1, -1, -1, device=images.device)
    chosen = torch.rand(images.shape[0], device=images.device)[:, None, None, None] < p
    return images[..., columns].where(chosen, images)


# %% the whole batch kind="wrong" zh="整批一起翻" en="whole batch is flipped"
def flip_some(images, p):
    return images.flip(3) if torch.rand(()) < p else images.clone()


# %% upside down kind="wrong" zh="上下翻转" en="upside down"
def flip_some(images, p):
    chosen = torch.rand(len(images), 1, 1, 1) < p
    return torch.where(chosen, images.flip(2), images)


# %% each row by itself kind="wrong" zh="每张图片只抽一次" en="once for each picture"
def flip_some(images, p):
    chosen = torch.rand(*images.shape[:3], 1) < p
    return torch.where(chosen, images.flip(3), images)


# %% each pixel by itself kind="wrong" zh="每张图片只抽一次" en="once for each picture"
def flip_some(images, p):
    return torch.where(torch.rand(images.shape) < p, images.flip(3), images)


# %% comparison reversed kind="wrong" zh="比较反了" en="turn the comparison"
def flip_some(images, p):
    chosen = torch.rand(len(images), 1, 1, 1) > p
    return torch.where(chosen, images.flip(3), images)


# %% in place kind="wrong" zh="被改动了" en="have changed"
def flip_some(images, p):
    chosen = torch.rand(len(images)) < p
    images[chosen] = images[chosen].flip(3)
    return images


# %% flipped ones first kind="wrong" zh="次序不变" en="keep the order"
def flip_some(images, p):
    chosen = torch.rand(len(images)) < p
    return torch.cat([images[chosen].flip(3), images[~chosen]])


# %% seeded kind="wrong" zh="不要设种子" en="set no seed"
def flip_some(images, p):
    torch.manual_seed(0)
    chosen = torch.rand(len(images), 1, 1, 1) < p
    return torch.where(chosen, images.flip(3), images)


# %% Python's random numbers kind="wrong" zh="用 PyTorch 的随机数" en="use PyTorch's random numbers"
import random


def flip_some(images, p):
    return (
        torch.stack([image.flip(2) if random.random() < p else image for image in images])
        if len(images)
        else images
    )


# %% randn kind="wrong" zh="`randn`" en="`randn`"
def flip_some(images, p):
    chosen = torch.randn(len(images), 1, 1, 1) < p
    return torch.where(chosen, images.flip(3), images)


# %% exactly a share kind="wrong" zh="形状" en="shape"
def flip_some(images, p):
    n = int(p * len(images))
    return images[torch.randperm(len(images))[:n]].flip(3)


# %% makes floats kind="wrong" zh="dtype" en="dtype"
def flip_some(images, p):
    chosen = (torch.rand(len(images), 1, 1, 1) < p).float()
    return chosen * images.flip(3) + (1 - chosen) * images


# %% bernoulli of the given p kind="right"
def flip_some(images, p):
    coins = torch.bernoulli(torch.full((len(images), 1, 1, 1), p, device=images.device)).bool()
    return torch.where(coins, images.flip(3), images)


# %% a settled number kind="wrong" zh="不要先定好张数" en="their number beforehand"
def flip_some(images, p):
    result = images.clone()
    chosen = torch.randperm(len(images))[: round(p * len(images))]
    result[chosen] = images[chosen].flip(3)
    return result


# %% fliplr kind="wrong" zh="翻转的是通道" en="channels are in reverse order"
def flip_some(images, p):
    chosen = torch.rand(len(images), 1, 1, 1) < p
    return torch.where(chosen, torch.fliplr(images), images)


# %% backwards with a slice kind="wrong" zh="`flip(" en="`flip("
def flip_some(images, p):
    chosen = torch.rand(len(images), 1, 1, 1) < p
    return torch.where(chosen, images[:, :, :, ::-1], images)

# %% None in an index kind="right"
def upload(images, device):
    return images.to(device)[:, None].to(torch.float32).div(255)


# %% shape first kind="right"
def upload(images, device):
    n, h, w = images.shape
    moved = images.reshape(n, 1, h, w).to(device)
    return moved / 255


# %% times one over 255 kind="right"
def upload(images, device):
    there = torch.empty(images.shape, dtype=torch.uint8, device=device)
    there.copy_(images)
    return torch.unsqueeze(there, dim=1).float() * (1 / 255)


# %% a tensor of 255 kind="right"
def upload(images, device):
    images = images.to(device, non_blocking=True)
    return (images.float() / torch.tensor(255.0, device=device)).view(-1, 1, *images.shape[1:]) if len(images) else images.float()[:, None]


# %% floats travel kind="wrong" zh="4 倍" en="4 times as many bytes"
def upload(images, device):
    return (images.float() / 255).unsqueeze(1).to(device)


# %% converts before it moves kind="wrong" zh="4 倍" en="4 times as many bytes"
def upload(images, device):
    return images.float().to(device).unsqueeze(1) / 255


# %% both in one call kind="wrong" zh="4 倍" en="4 times as many bytes"
def upload(images, device):
    return images.to(device, torch.float32).unsqueeze(1) / 255


# %% through NumPy kind="wrong" zh="4 倍" en="4 times as many bytes"
def upload(images, device):
    return torch.tensor(images.numpy() / 255, dtype=torch.float32).unsqueeze(1).to(device)


# %% through a list kind="wrong" zh="不要经过列表" en="from a list"
def upload(images, device):
    n, h, w = images.shape
    return torch.tensor((images / 255).tolist(), device=device).reshape(n, 1, h, w)


# %% not divided kind="wrong" zh="还是 0 到 255" en="still go from 0 to 255"
def upload(images, device):
    return images.to(device).unsqueeze(1).float()


# %% a channel in front kind="wrong" zh="第 1 个位置" en="position 1"
def upload(images, device):
    return images.to(device).unsqueeze(0).float() / 255


# %% no channel kind="wrong" zh="第 1 个位置" en="position 1"
def upload(images, device):
    return images.to(device).float() / 255


# %% does not catch kind="wrong" zh="要接住" en="catch it"
def upload(images, device):
    images.to(device)
    return images.unsqueeze(1).float() / 255


# %% divided by 256 kind="wrong" zh="256" en="256"
def upload(images, device):
    return images.to(device).unsqueeze(1).float() / 256


# %% divided as whole numbers kind="wrong" zh="小数部分丢了" en="the fractions are lost"
def upload(images, device):
    return (images.to(device).unsqueeze(1) // 255).float()


# %% float64 kind="wrong" zh="float64" en="float64"
def upload(images, device):
    return images.to(device).unsqueeze(1).double() / 255


# %% CUDA written into the code kind="wrong" zh="写死" en="fixed in the code"
def upload(images, device):
    return images.to("cuda:0").unsqueeze(1).float() / 255


# %% and back to the CPU kind="wrong" zh="又回到了 CPU" en="came back to the CPU"
def upload(images, device):
    return (images.to(device).unsqueeze(1).float() / 255).cpu()

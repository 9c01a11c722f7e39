# %% ToTensor kind="right"
def to_float_image(array):
    return ToTensor()(array)


# %% the two steps of v2 kind="right"
def to_float_image(array):
    return v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])(array)


# %% permute in NumPy kind="right"
def to_float_image(array):
    if array.ndim == 2:
        array = array[:, :, np.newaxis]
    return torch.from_numpy(np.transpose(array, (2, 0, 1)).astype(np.float32) / np.float32(255))


# %% channel by channel kind="right"
def to_float_image(array):
    pixels = torch.tensor(array).float() / 255.0
    if pixels.dim() == 2:
        return pixels[None]
    return torch.stack([pixels[:, :, k] for k in range(pixels.shape[2])])


# %% v1 with a Pillow picture where there is one channel kind="right"
def to_float_image(array):
    if array.ndim == 2:
        return ToTensor()(Image.fromarray(np.ascontiguousarray(array)))
    return torch.tensor(array).movedim(-1, 0).div(255)


# %% does not scale kind="wrong" zh="要除以 255" en="divide by 255"
def to_float_image(array):
    image = torch.tensor(array, dtype=torch.float32)
    return image[None] if image.ndim == 2 else image.permute(2, 0, 1)


# %% forgets the dtype kind="wrong" zh="dtype" en="dtype"
def to_float_image(array):
    image = torch.tensor(array)
    return image[None] if image.ndim == 2 else image.permute(2, 0, 1)


# %% divides by 256 kind="wrong" zh="不是 256" en="not by 256"
def to_float_image(array):
    image = torch.tensor(array, dtype=torch.float32) / 256
    return image[None] if image.ndim == 2 else image.permute(2, 0, 1)


# %% divides by the greatest value kind="wrong" zh="最大值" en="greatest value"
def to_float_image(array):
    image = torch.tensor(array, dtype=torch.float32) / array.max()
    return image[None] if image.ndim == 2 else image.permute(2, 0, 1)


# %% no channel for grey pictures kind="wrong" zh="补上通道" en="its channel"
def to_float_image(array):
    image = torch.tensor(array).float() / 255
    return image if image.ndim == 2 else image.permute(2, 0, 1)


# %% leaves the channels last kind="wrong" zh="通道要移到最前面" en="move the channels to the front"
def to_float_image(array):
    image = torch.tensor(array).float() / 255
    return image[None] if image.ndim == 2 else image


# %% reshapes instead of permuting kind="wrong" zh="permute(2, 0, 1)" en="permute(2, 0, 1)"
def to_float_image(array):
    image = torch.tensor(array).float() / 255
    return image[None] if image.ndim == 2 else image.reshape(image.shape[2], image.shape[0], image.shape[1])


# %% transposes too much kind="wrong" zh="高和宽对调" en="height and width are swapped"
def to_float_image(array):
    image = torch.tensor(array).float() / 255
    return image[None] if image.ndim == 2 else image.permute(2, 1, 0)


# %% from minus one to one kind="wrong" zh="不是 −1 到 1" en="not −1 to 1"
def to_float_image(array):
    return ToTensor()(array) * 2 - 1


# %% whole division kind="wrong" zh="小数就没有了" en="the fractions are lost"
def to_float_image(array):
    image = torch.tensor(array // 255).float()
    return image[None] if image.ndim == 2 else image.permute(2, 0, 1)


# %% divides in place kind="wrong" zh="不要就地计算" en="don't compute in place"
def to_float_image(array):
    array /= 255
    return torch.from_numpy(array).float().reshape(-1, *array.shape[:2])


# %% permutes grey pictures too kind="wrong" zh="列出所有的轴" en="names every axis"
def to_float_image(array):
    return torch.from_numpy(array).permute(2, 0, 1).float() / 255


# %% a channel for every picture kind="wrong" zh="通道要移到最前面" en="move the channels to the front"
def to_float_image(array):
    return torch.from_numpy(array).unsqueeze(0).float() / 255


# %% class instead of object kind="wrong" zh="先造出对象" en="make an object of the class"
def to_float_image(array):
    return ToTensor(array)


# %% stays in float64 kind="wrong" zh="float64" en="float64"
def to_float_image(array):
    image = torch.from_numpy(array / 255)
    return image.unsqueeze(0) if image.ndim == 2 else image.permute(2, 0, 1)


# %% the channel of a grey picture last kind="wrong" zh="补上通道那个轴" en="give a grey picture its channel"
def to_float_image(array):
    image = torch.tensor(array).float() / 255
    return image.unsqueeze(-1) if image.ndim == 2 else image.permute(2, 0, 1)


# %% ToTensor of a tensor kind="wrong" zh="已经是张量了" en="a tensor already"
def to_float_image(array):
    return ToTensor()(torch.tensor(array))

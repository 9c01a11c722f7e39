# %% rotation kind="right"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomRotation(10), *steps]), v2.Compose(steps)


# %% version 1 of the transforms kind="right"
from torchvision import transforms


def make_transforms(mean, std):
    test = transforms.Compose([transforms.ToTensor(), transforms.Normalize((mean,), (std,))])
    train = transforms.Compose([transforms.RandomHorizontalFlip(), test])
    return train, test


# %% erasing after scaling kind="right"
def make_transforms(mean, std):
    to_float = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    normalise = v2.Normalize(mean=[mean], std=[std])
    return v2.Compose([to_float, v2.RandomErasing(p=0.5), normalise]), v2.Compose([to_float, normalise])


# %% functions kind="right"
def make_transforms(mean, std):
    def test_transform(picture):
        return (ToTensor()(picture) - mean) / std

    def train_transform(picture):
        image = test_transform(picture)
        return image.flip(2) if torch.rand(()) < 0.5 else image

    return train_transform, test_transform


# %% shift and flip kind="right"
def make_transforms(mean, std):
    end = (v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std]))
    affine = v2.RandomAffine(degrees=5, translate=(0.1, 0.1))
    return v2.Compose([affine, v2.RandomHorizontalFlip(), *end]), v2.Compose([*end])


# %% augments the test pictures too kind="wrong" zh="每次的结果不一样" en="another result each time"
def make_transforms(mean, std):
    steps = [
        v2.RandomHorizontalFlip(),
        v2.ToImage(),
        v2.ToDtype(torch.float32, scale=True),
        v2.Normalize([mean], [std]),
    ]
    return v2.Compose(steps), v2.Compose(steps)


# %% no augmentation kind="wrong" zh="加上一种随机的增强" en="add a random augmentation"
def make_transforms(mean, std):
    steps = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])])
    return steps, steps


# %% no scale kind="wrong" zh="scale=True" en="scale=True"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% not normalised kind="wrong" zh="没有归一化" en="not normalised"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% fixed numbers kind="wrong" zh="不要写死" en="not fixed numbers"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5], [0.5])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% mean and std swapped kind="wrong" zh="对调" en="are swapped"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([std], [mean])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% returns lists kind="wrong" zh="v2.Compose" en="v2.Compose"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return [v2.RandomHorizontalFlip(), *steps], steps


# %% one transform only kind="wrong" zh="两个变换" en="two transforms"
def make_transforms(mean, std):
    return v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])])


# %% crop that shrinks kind="wrong" zh="形状" en="shape"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomCrop(24), *steps]), v2.Compose(steps)


# %% training without normalising kind="wrong" zh="同一个尺度" en="another scale"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose([*steps, v2.Normalize([mean], [std])])


# %% drawn once kind="wrong" zh="每次调用都要重新抽" en="drawn anew at each call"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    flips = bool(torch.rand(()) < 0.5)
    return v2.Compose([v2.RandomHorizontalFlip(p=float(flips)), *steps]), v2.Compose(steps)


# %% normalises before scaling kind="wrong" zh="float" en="float"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.Normalize([mean], [std]), v2.ToDtype(torch.float32, scale=True)]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% changes the brightness kind="right"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.ColorJitter(brightness=0.3, contrast=0.3), *steps]), v2.Compose(steps)


# %% RandAugment kind="right"
def make_transforms(mean, std):
    steps = [v2.PILToTensor(), v2.ConvertImageDtype(torch.float32), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandAugment(), *steps]), v2.Compose(steps)


# %% random noise in a patch after normalising kind="right"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    erasing = v2.RandomErasing(p=1, scale=(0.1, 0.5), value="random")
    return v2.Compose([*steps, erasing]), v2.Compose(steps)


# %% noise everywhere kind="right"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([*steps, lambda x: x + 0.3 * torch.randn_like(x)]), v2.Compose(steps)


# %% erases the Pillow picture kind="right"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomErasing(p=0.5), *steps]), v2.Compose(steps)


# %% training without scaling kind="wrong" zh="同一个尺度" en="another scale"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    unscaled = [v2.ToImage(), v2.ToDtype(torch.float32), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), *unscaled]), v2.Compose(steps)


# %% training normalised twice kind="wrong" zh="同一个尺度" en="another scale"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps, steps[-1]]), v2.Compose(steps)


# %% forgets ToImage kind="wrong" zh="v2.ToImage()" en="v2.ToImage()"
def make_transforms(mean, std):
    steps = [v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% a list inside the list kind="wrong" zh="*steps" en="*steps"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), steps]), v2.Compose(steps)


# %% the pair the wrong way round kind="wrong" zh="每次的结果不一样" en="another result each time"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose(steps), v2.Compose([v2.RandomHorizontalFlip(), *steps])


# %% NumPy's random numbers kind="wrong" zh="PyTorch 的随机数" en="PyTorch's random numbers"
def make_transforms(mean, std):
    def test_transform(picture):
        return (ToTensor()(picture) - mean) / std

    def train_transform(picture):
        image = test_transform(picture)
        return image.flip(2) if np.random.rand() < 0.5 else image

    return train_transform, test_transform


# %% numbers instead of lists kind="wrong" zh="要列表的地方写 `[x]`" en="write `[x]` where a list is wanted"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean, std)]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% Compose without a list kind="wrong" zh="收一个列表" en="takes one list"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose(v2.RandomHorizontalFlip(), *steps), v2.Compose(*steps)


# %% a class instead of an object kind="wrong" zh="不是 `v2.ToImage`" en="not `v2.ToImage`"
def make_transforms(mean, std):
    steps = [v2.ToImage, v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip(), *steps]), v2.Compose(steps)


# %% training that only augments kind="wrong" zh="还是 Pillow 图片" en="still a Pillow picture"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomHorizontalFlip()]), v2.Compose(steps)


# %% a crop without padding kind="wrong" zh="不写 `padding`" en="without `padding`"
def make_transforms(mean, std):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    return v2.Compose([v2.RandomCrop(28), *steps]), v2.Compose(steps)

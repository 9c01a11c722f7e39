# %% zip kind="right"
def stack_samples(samples):
    images, labels = zip(*samples, strict=True)
    return torch.stack(images), torch.tensor(labels)


# %% fills an empty batch kind="right"
def stack_samples(samples):
    first = samples[0][0]
    images = torch.empty((len(samples), *first.shape), dtype=first.dtype)
    labels = torch.zeros(len(samples), dtype=torch.int64)
    for i in range(len(samples)):
        images[i] = samples[i][0]
        labels[i] = samples[i][1]
    return images, labels


# %% cat of unsqueezed ones kind="right"
def stack_samples(samples):
    images = torch.cat([sample[0].unsqueeze(0) for sample in samples], dim=0)
    return images, torch.LongTensor([sample[1] for sample in samples])


# %% stack of both kind="right"
def stack_samples(samples):
    images, labels = [], []
    for image, label in samples:
        images.append(image)
        labels.append(torch.tensor(label))
    return torch.stack(images, dim=0), torch.stack(labels)


# %% a list of two kind="right"
def stack_samples(samples):
    return [torch.stack([s[0] for s in samples]), torch.as_tensor([s[1] for s in samples])]


# %% joins instead of stacking kind="wrong" zh="`cat` 不增加轴" en="`cat` adds no axis"
def stack_samples(samples):
    return torch.cat([image for image, _ in samples]), torch.tensor([label for _, label in samples])


# %% labels stay a list kind="wrong" zh="标签还是列表" en="still a list"
def stack_samples(samples):
    return torch.stack([image for image, _ in samples]), [label for _, label in samples]


# %% zip alone kind="wrong" zh="图片还是列表" en="pictures are still a list"
def stack_samples(samples):
    images, labels = zip(*samples, strict=True)
    return images, labels


# %% pictures stay a list kind="wrong" zh="图片还是列表" en="pictures are still a list"
def stack_samples(samples):
    return [image for image, _ in samples], torch.tensor([label for _, label in samples])


# %% the wrong way round kind="wrong" zh="顺序反了" en="the wrong way round"
def stack_samples(samples):
    return torch.tensor([label for _, label in samples]), torch.stack([image for image, _ in samples])


# %% labels as floats kind="wrong" zh="不要变成小数" en="not floats"
def stack_samples(samples):
    return torch.stack([image for image, _ in samples]), torch.Tensor([label for _, label in samples])


# %% labels in a column kind="wrong" zh="不要另加一个轴" en="without another axis"
def stack_samples(samples):
    return torch.stack([image for image, _ in samples]), torch.tensor([[label] for _, label in samples])


# %% stacks along the last axis kind="wrong" zh="应该在最前面" en="comes first"
def stack_samples(samples):
    return torch.stack([image for image, _ in samples], dim=-1), torch.tensor([y for _, y in samples])


# %% flattens the pictures kind="wrong" zh="图片的形状要保留" en="keep the pictures' shape"
def stack_samples(samples):
    return torch.stack([image.flatten() for image, _ in samples]), torch.tensor([y for _, y in samples])


# %% squeezes kind="wrong" zh="图片的形状要保留" en="keep the pictures' shape"
def stack_samples(samples):
    return torch.stack([image.squeeze() for image, _ in samples]), torch.tensor([y for _, y in samples])


# %% forces float32 kind="wrong" zh="dtype 变了" en="dtype has changed"
def stack_samples(samples):
    return torch.stack([image.float() for image, _ in samples]), torch.tensor([y for _, y in samples])


# %% no labels kind="wrong" zh="标签呢" en="where are the labels"
def stack_samples(samples):
    return torch.stack([image for image, _ in samples])


# %% a tensor of lists kind="wrong" zh="张量的列表用 `torch.stack`" en="for a list of tensors take `torch.stack`"
def stack_samples(samples):
    return torch.tensor([image for image, _ in samples]), torch.tensor([label for _, label in samples])


# %% unpacks the list as one sample kind="wrong" zh="列表里的每一项是一个样本" en="each item of the list is one sample"
def stack_samples(samples):
    images, labels = samples
    return torch.stack(images), torch.tensor(labels)


# %% stacks whole samples kind="wrong" zh="先把图片和标签分开" en="separate the pictures from the labels"
def stack_samples(samples):
    return torch.stack(samples)


# %% two samples only kind="wrong" zh="写死" en="fixed"
def stack_samples(samples):
    return torch.stack([samples[0][0], samples[1][0]]), torch.tensor([samples[0][1], samples[1][1]])


# %% prints kind="wrong" zh="return" en="return"
def stack_samples(samples):
    print(torch.stack([image for image, _ in samples]), torch.tensor([label for _, label in samples]))


# %% PyTorch's own kind="wrong" zh="不调用 `default_collate`" en="without `default_collate`"
def stack_samples(samples):
    return tuple(default_collate(samples))

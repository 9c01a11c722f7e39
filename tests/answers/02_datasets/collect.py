# %% comprehensions over a list of batches kind="right"
def collect(loader):
    batches = list(loader)
    return torch.cat([images for images, _ in batches]), torch.cat([labels for _, labels in batches])


# %% zip kind="right"
def collect(loader):
    images, labels = zip(*loader, strict=True)
    return torch.cat(images), torch.cat(labels)


# %% grows with each batch kind="right"
def collect(loader):
    all_images, all_labels = None, None
    for images, labels in loader:
        all_images = images if all_images is None else torch.cat([all_images, images])
        all_labels = labels if all_labels is None else torch.cat([all_labels, labels])
    return all_images, all_labels


# %% sample by sample kind="right"
def collect(loader):
    pictures, numbers = [], []
    for images, labels in loader:
        pictures.extend(images)
        numbers.extend(labels)
    return torch.stack(pictures), torch.stack(numbers)


# %% iter and next kind="right"
def collect(loader):
    iterator = iter(loader)
    images, labels = next(iterator)
    for more_images, more_labels in iterator:
        images = torch.vstack((images, more_images))
        labels = torch.hstack((labels, more_labels))
    return images, labels


# %% into a table of the full size kind="right"
def collect(loader):
    start, images, labels = 0, None, None
    n = len(loader.dataset)
    for x, y in loader:
        if images is None:
            images, labels = x.new_empty(n, *x.shape[1:]), y.new_empty(n)
        images[start : start + len(x)] = x
        labels[start : start + len(y)] = y
        start += len(x)
    return images, labels


# %% counts in a first pass kind="right"
def collect(loader):
    n = sum(len(labels) for _, labels in loader)
    images, labels, start = None, None, 0
    for x, y in loader:
        if images is None:
            images = torch.zeros(n, *x.shape[1:], dtype=x.dtype)
            labels = torch.zeros(n, dtype=y.dtype)
        images[start : start + len(y)] = x
        labels[start : start + len(y)] = y
        start += len(y)
    return images, labels


# %% a list of two kind="right"
def collect(loader):
    return [torch.cat(part) for part in zip(*loader, strict=True)]


# %% two passes kind="wrong" zh="走了两遍" en="go through it twice"
def collect(loader):
    return torch.cat([images for images, _ in loader]), torch.cat([labels for _, labels in loader])


# %% stacks batches kind="wrong" zh="stack" en="stack"
def collect(loader):
    batches = list(loader)
    return torch.stack([images for images, _ in batches]), torch.stack([labels for _, labels in batches])


# %% first batch kind="wrong" zh="第一批" en="first batch only"
def collect(loader):
    images, labels = next(iter(loader))
    return images, labels


# %% return inside the loop kind="wrong" zh="写在循环里面" en="inside the loop"
def collect(loader):
    all_images, all_labels = [], []
    for images, labels in loader:
        all_images.append(images)
        all_labels.append(labels)
        return torch.cat(all_images), torch.cat(all_labels)


# %% last batch kind="wrong" zh="最后一批" en="last batch only"
def collect(loader):
    for images, labels in loader:
        all_images, all_labels = images, labels
    return all_images, all_labels


# %% lists of batches kind="wrong" zh="批的列表" en="lists of batches"
def collect(loader):
    all_images, all_labels = [], []
    for images, labels in loader:
        all_images.append(images)
        all_labels.append(labels)
    return all_images, all_labels


# %% goes round the loader kind="wrong" zh="没有用到 `loader`" en="were not used"
def collect(loader):
    return loader.dataset.tensors


# %% drops the short batch kind="wrong" zh="短的最后一批" en="short last batch"
def collect(loader):
    batches = [batch for batch in loader if len(batch[0]) == loader.batch_size]
    return torch.cat([images for images, _ in batches]), torch.cat([labels for _, labels in batches])


# %% the wrong way round kind="wrong" zh="顺序反了" en="the wrong way round"
def collect(loader):
    batches = list(loader)
    return torch.cat([labels for _, labels in batches]), torch.cat([images for images, _ in batches])


# %% labels as a list kind="wrong" zh="不是列表" en="not a list"
def collect(loader):
    batches = list(loader)
    return torch.cat([x for x, _ in batches]), [y for _, labels in batches for y in labels.tolist()]


# %% starts with an empty float tensor kind="wrong" zh="dtype" en="dtype"
def collect(loader):
    batches = list(loader)
    all_labels = torch.tensor([])
    for _, labels in batches:
        all_labels = torch.cat([all_labels, labels])
    return torch.cat([images for images, _ in batches]), all_labels


# %% only the images kind="wrong" zh="标签呢" en="where are the labels"
def collect(loader):
    return torch.cat([images for images, _ in loader])


# %% prints kind="wrong" zh="return" en="return"
def collect(loader):
    batches = list(loader)
    print(torch.cat([images for images, _ in batches]), torch.cat([labels for _, labels in batches]))


# %% begins anew each time kind="wrong" zh="每次得到的都是第一批" en="first batch again and again"
def collect(loader):
    images, labels = [], []
    for _ in range(len(loader)):
        batch = next(iter(loader))
        images.append(batch[0])
        labels.append(batch[1])
    return torch.cat(images), torch.cat(labels)


# %% joins single labels kind="wrong" zh="`torch.stack`" en="`torch.stack`"
def collect(loader):
    images, labels = [], []
    for batch in loader:
        images.append(batch[0])
        labels.extend(batch[1])
    return torch.cat(images), torch.cat(labels)

# %% patch by patch kind="right"
def convolve(image, kernel):
    kh, kw = kernel.shape
    out = image.new_zeros(image.shape[0] - kh + 1, image.shape[1] - kw + 1)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


# %% unfold kind="right"
def convolve(image, kernel):
    kh, kw = kernel.shape
    patches = image.unfold(0, kh, 1).unfold(1, kw, 1)
    return (patches * kernel).sum((-1, -2))


# %% einsum kind="right"
def convolve(image, kernel):
    patches = image.unfold(0, kernel.size(0), 1).unfold(1, kernel.size(1), 1)
    return torch.einsum("ijab,ab->ij", patches, kernel)


# %% a list of rows kind="right"
def convolve(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    rows = []
    for i in range(h - kh + 1):
        rows.append(torch.stack([(image[i : i + kh, j : j + kw] * kernel).sum() for j in range(w - kw + 1)]))
    return torch.stack(rows)


# %% four loops kind="right"
def convolve(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    out = torch.zeros((h - kh + 1, w - kw + 1), dtype=image.dtype, device=image.device)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for a in range(kh):
                for b in range(kw):
                    out[i, j] += image[i + a, j + b] * kernel[a, b]
    return out


# %% flips the kernel kind="wrong" zh="不翻转" en="kernel is flipped"
def convolve(image, kernel):
    kernel = kernel.flip(0, 1)
    kh, kw = kernel.shape
    return (image.unfold(0, kh, 1).unfold(1, kw, 1) * kernel).sum((-1, -2))


# %% one place short kind="wrong" zh="少了最后一行或一列" en="last row or column is missing"
def convolve(image, kernel):
    kh, kw = kernel.shape
    out = image.new_zeros(image.shape[0] - kh, image.shape[1] - kw)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


# %% square kernels only kind="wrong" zh="形状" en="shape"
def convolve(image, kernel):
    k = kernel.shape[0]
    out = image.new_zeros(image.shape[0] - k + 1, image.shape[1] - k + 1)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            patch = image[i : i + k, j : j + k]
            out[i, j] = (patch * kernel[: patch.shape[0], : patch.shape[1]].sum()).sum()
    return out


# %% mean kind="wrong" zh="不是取平均" en="don't take the mean"
def convolve(image, kernel):
    kh, kw = kernel.shape
    return (image.unfold(0, kh, 1).unfold(1, kw, 1) * kernel).mean((-1, -2))


# %% ready-made kind="wrong" zh="现成" en="ready-made"
def convolve(image, kernel):
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]


# %% keeps the size kind="wrong" zh="不要补 0" en="no padding"
def convolve(image, kernel):
    kh, kw = kernel.shape
    larger = image.new_zeros(image.shape[0] + kh - 1, image.shape[1] + kw - 1)
    larger[kh // 2 : kh // 2 + image.shape[0], kw // 2 : kw // 2 + image.shape[1]] = image
    return (larger.unfold(0, kh, 1).unfold(1, kw, 1) * kernel).sum((-1, -2))


# %% float32 always kind="wrong" zh="dtype" en="dtype"
def convolve(image, kernel):
    kh, kw = kernel.shape
    out = torch.zeros(image.shape[0] - kh + 1, image.shape[1] - kw + 1)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


# %% steps of the kernel's size kind="wrong" zh="形状" en="shape"
def convolve(image, kernel):
    kh, kw = kernel.shape
    return (image.unfold(0, kh, kh).unfold(1, kw, kw) * kernel).sum((-1, -2))


# %% matrix product kind="wrong" zh="不用 `@`" en="not `@`"
def convolve(image, kernel):
    kh, kw = kernel.shape
    out = image.new_zeros(image.shape[0] - kh + 1, image.shape[1] - kw + 1)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] @ kernel.T).sum()
    return out


# %% loops that end early kind="wrong" zh="少了最后一行或一列" en="last row or column is missing"
def convolve(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    result = image.new_zeros(h - kh + 1, w - kw + 1)
    for i in range(h - kh):
        for j in range(w - kw):
            result[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return result


# %% no sum kind="wrong" zh="忘了求和" en="was a sum forgotten"
def convolve(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    result = image.new_zeros(h - kh + 1, w - kw + 1)
    for i in range(h - kh + 1):
        for j in range(w - kw + 1):
            result[i, j] = image[i : i + kh, j : j + kw] * kernel
    return result

// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/torch_archive_writer.h"

#include "core/weights/pickle_text.h"
#include "core/weights/zip_file_writer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// Instructions that create a tensor from a storage of its own.
void putTensor(PickleText& pickle, const at::Tensor& tensor, const std::string& storage) {
    using P = PickleText;
    pickle.function("torch._utils", "_rebuild_tensor_v2") << P::mark << P::mark;
    pickle.text("storage").function("torch", "FloatStorage").text(storage).text("cpu");
    pickle.integer(tensor.numel()) << P::toTuple << P::persistentId;
    pickle.integer(0).integers(tensor.sizes()).integers(tensor.strides())
        << P::falseValue << P::emptyOrderedDict << P::toTuple << P::call;
}

/// LibTorch's pickle_save would wrap dicts so that torch.load(weights_only=True) refuses them.
std::string pickleOf(const std::vector<std::pair<std::string, at::Tensor>>& tensors, TorchLayout layout) {
    using P = PickleText;
    PickleText pickle;
    pickle << P::start;
    if (layout == TorchLayout::Lightning)
        (pickle << P::emptyDict << P::mark).text("state_dict");
    pickle << P::emptyOrderedDict << P::mark;
    for (std::size_t i = 0; i < tensors.size(); ++i)
        putTensor(pickle.text(tensors[i].first), tensors[i].second, std::to_string(i));
    pickle << P::setItems;
    if (layout == TorchLayout::Lightning) {
        pickle.text("epoch").integer(0).text("global_step").integer(0);
        pickle.text("pytorch-lightning_version").text("2.4.0") << P::setItems;
    }
    pickle << P::stop;
    return pickle.take();
}

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span(text));
}

} // namespace

void writeTorchArchive(const std::string& path, const TensorMap& tensors, TorchLayout layout) {
    std::vector<std::pair<std::string, at::Tensor>> stored;
    for (const auto& [name, tensor] : tensors)
        stored.emplace_back((layout == TorchLayout::Lightning ? "model." : "") + name,
                            tensor.detach().to(at::kCPU, at::kFloat).contiguous());
    const std::string pickle = pickleOf(stored, layout);
    std::vector<ZipEntry> entries = {{"archive/data.pkl", bytesOf(pickle)},
                                     {"archive/byteorder", bytesOf("little")},
                                     {"archive/version", bytesOf("3\n")}};
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const at::Tensor& tensor = stored[i].second;
        entries.push_back({fmt::format("archive/data/{}", i),
                           {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()}});
    }
    writeZipFile(path, entries);
}

} // namespace headroom

// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/torch_archive_writer.h"

#include "core/weights/zip_file_writer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {
namespace {

/// Writes the instructions of pickle's protocol 2 that a state dict needs. LibTorch's pickle_save would wrap
/// dicts so that torch.load(weights_only=True) refuses them.
class PickleText {
public:
    static constexpr const char* start = "\x80\x02";
    static constexpr const char* emptyDict = "}";
    static constexpr const char* emptyOrderedDict = "ccollections\nOrderedDict\n)R";
    static constexpr const char* mark = "(";
    static constexpr const char* toTuple = "t";
    static constexpr const char* setItems = "u";
    static constexpr const char* persistentId = "Q";
    static constexpr const char* call = "R";
    static constexpr const char* falseValue = "\x89";
    static constexpr const char* stop = ".";

    PickleText& operator<<(std::string_view instruction) {
        bytes_ += instruction;
        return *this;
    }
    PickleText& function(std::string_view module, std::string_view name) {
        bytes_ += fmt::format("c{}\n{}\n", module, name);
        return *this;
    }
    PickleText& text(std::string_view text) {
        bytes_ += 'X';
        little(text.size(), 4);
        bytes_ += text;
        return *this;
    }
    PickleText& integer(std::int64_t number) {
        const bool isShort = std::in_range<std::int32_t>(number);
        bytes_ += isShort ? "J" : "\x8a\x08"; // a signed number of four or eight bytes
        little(static_cast<std::uint64_t>(number), isShort ? 4 : 8);
        return *this;
    }
    PickleText& integers(at::IntArrayRef numbers) {
        *this << mark;
        for (const std::int64_t number : numbers)
            integer(number);
        return *this << toTuple;
    }
    std::string take() { return std::move(bytes_); }

private:
    void little(std::uint64_t number, int bytes) {
        for (int i = 0; i < bytes; ++i)
            bytes_ += static_cast<char>(number >> (8 * i) & 0xff);
    }

    std::string bytes_;
};

/// Instructions that create a tensor from a storage of its own.
void putTensor(PickleText& pickle, const at::Tensor& tensor, const std::string& storage) {
    using P = PickleText;
    pickle.function("torch._utils", "_rebuild_tensor_v2") << P::mark << P::mark;
    pickle.text("storage").function("torch", "FloatStorage").text(storage).text("cpu");
    pickle.integer(tensor.numel()) << P::toTuple << P::persistentId;
    pickle.integer(0).integers(tensor.sizes()).integers(tensor.strides())
        << P::falseValue << P::emptyOrderedDict << P::toTuple << P::call;
}

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

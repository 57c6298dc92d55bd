// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted safetensors files: any input is read or rejected with a message. Contents survive writing and
/// reading.
#include "core/weights/safetensors.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require_message.h"

#include <ATen/core/Tensor.h>

#include <cstring>

using namespace headroom;

namespace {

bool isEqual(const at::Tensor& a, const at::Tensor& b) {
    return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() &&
           (a.nbytes() == 0 || std::memcmp(a.data_ptr(), b.data_ptr(), a.nbytes()) == 0);
}

/// Writes to /dev/shm, because the input in memory cannot be replaced by a rename.
void requireSameWhenWritten(const Safetensors& content, Checksum checksum) {
    static const std::string path = "/dev/shm/headroom-fuzz-" + std::to_string(getpid());
    writeSafetensors(path, content.tensors, content.metadata, checksum);
    const Safetensors again = readSafetensors(path);
    unlink(path.c_str());
    if (again.tensors.size() != content.tensors.size())
        std::abort();
    for (const auto& [name, tensor] : content.tensors) {
        if (!isEqual(again.tensors.at(name), tensor))
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::MemoryFile file;
    file.set({data, size});
    try {
        const Safetensors content = readChangedSafetensors(file.path());
        if (readSafetensorsMetadata(file.path()) != content.metadata)
            std::abort();
        requireSameWhenWritten(content, Checksum::Tensors);
        requireSameWhenWritten(content, Checksum::Everything);
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}

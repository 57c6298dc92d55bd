// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
/// Untrusted checkpoints of torch.save, including the zip file.
#include "core/weights/published_weights.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/require_message.h"

#include <ATen/core/Tensor.h>

using namespace headroom;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static fuzz::MemoryFile file;
    file.set({data, size});
    try {
        for (const auto& [name, tensor] : readPublishedWeights(file.path()).tensors)
            tensor.contiguous(); // reads every element
    } catch (const Error& error) {
        fuzz::requireMessage(error);
    }
    return 0;
}

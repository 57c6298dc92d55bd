// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

/// Instructions of pickles, as torch.save writes them.
namespace headroom::test {

inline std::string binaryInteger(std::int32_t number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes.insert(0, 1, 'J');
}

inline std::string binaryText(const std::string& text) {
    std::string bytes = binaryInteger(static_cast<std::int32_t>(text.size()));
    bytes[0] = 'X';
    return bytes + text;
}

inline std::string tuple(const std::vector<int>& numbers) {
    std::string program = "(";
    for (int number : numbers)
        program += binaryInteger(number);
    return program + "t";
}

/// A pickled tensor.
struct TensorPickle {
    std::string name = "w";
    std::string storageClass = "FloatStorage";
    std::string key = "0";
    int elements = 6;
    int offset = 0;
    std::vector<int> sizes = {2, 3};
    std::vector<int> strides = {3, 1};

    /// Instructions that add this tensor to the mapping on the stack.
    std::string item() const {
        return binaryText(name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + binaryText("storage") +
               "ctorch\n" + storageClass + "\n" + binaryText(key) + binaryText("cpu") +
               binaryInteger(elements) + "tQ" + binaryInteger(offset) + tuple(sizes) + tuple(strides) +
               "\x89NtRs";
    }
    /// Instructions that build {name: this tensor}.
    std::string mapping() const { return std::string("}").append(item()); }
    std::string pickle() const { return std::string("\x80\x02").append(mapping()).append("."); }
};

} // namespace headroom::test

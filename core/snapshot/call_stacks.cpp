// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/snapshot/call_stacks.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace headroom {
namespace {

constexpr std::array innerFunctions = {"unwind::unwind",    "CapturedTraceback::gather",
                                       "gather_with_cpp",   "_start",
                                       "__libc_start_main", "PyEval_",
                                       "PyObject_",         "PyFunction_"};
constexpr std::array innerFiles = {"core/boxing",    "/Register",         "/Redispatch",    "pythonrun.c",
                                   "Modules/main.c", "Objects/call.c",    "Objects/method", "pycore_ceval.h",
                                   "ceval.c",        "cpython/abstract.h"};

template <class List>
bool containsOne(std::string_view text, const List& parts) {
    return std::ranges::any_of(parts,
                               [&](const char* part) { return text.find(part) != std::string_view::npos; });
}

std::string_view fileName(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

/// A name of C++ can be thousands of letters long. Cut between the characters of UTF-8.
std::string shortened(std::string_view text) {
    constexpr std::size_t most = 200;
    if (text.size() <= most)
        return std::string(text);
    std::size_t length = most;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        --length;
    return std::string(text.substr(0, length)) + "...";
}

/// "forward (model.py:12)". Frames without a line are those of a forecast: "mm".
std::string frameText(const std::string& function, const std::string& file, std::int64_t line) {
    const std::string name = shortened(function.empty() ? "?" : function);
    return line > 0 ? fmt::format("{} ({}:{})", name, shortened(fileName(file)), line) : name;
}

} // namespace

std::int32_t CallStacks::of(const SnapshotNode& entry) {
    const PickleValue* found = entry.find("frames");
    if (found == nullptr || found->kind == PickleValue::Kind::None)
        return 0;
    const auto [known, isNew] = knownStacks_.try_emplace(found, 0);
    if (!isNew)
        return known->second;
    std::vector<std::int32_t> stack;
    for (const SnapshotNode& node : entry.at("frames").list()) {
        if (const std::int32_t number = frame(node); number != leftOut)
            stack.push_back(number);
    }
    std::ranges::reverse(stack);
    const auto [number, isOther] =
        stackNumbers_.try_emplace(std::move(stack), static_cast<std::int32_t>(stacks_.size()));
    if (isOther)
        stacks_.push_back(number->first);
    return known->second = number->second;
}

std::int32_t CallStacks::frame(const SnapshotNode& node) {
    const auto [known, isNew] = knownFrames_.try_emplace(node.value, leftOut);
    if (!isNew)
        return known->second;
    const std::string& function = node.at("name").text();
    const std::string& file = node.at("filename").text();
    if (containsOne(function, innerFunctions) || containsOne(file, innerFiles))
        return leftOut;
    const std::string text = frameText(function, file, node.at("line").integer());
    const auto [number, isOther] = frameNumbers_.try_emplace(text, static_cast<std::int32_t>(frames_.size()));
    if (isOther)
        frames_.push_back(text);
    return known->second = number->second;
}

CallStacks::Names CallStacks::names() const {
    Names names;
    names.reserve(stacks_.size());
    for (const std::vector<std::int32_t>& stack : stacks_) {
        std::vector<std::string>& calls = names.emplace_back();
        for (const std::int32_t number : stack)
            calls.push_back(frames_[static_cast<std::size_t>(number)]);
        if (calls.empty())
            calls.emplace_back("not recorded");
    }
    return names;
}

} // namespace headroom

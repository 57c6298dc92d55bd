// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/failure.h"

#include "core/session/training_loop.h"
#include "core/support/bytes.h"
#include "core/support/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <new>
#include <string_view>

namespace headroom {
namespace {

constexpr std::string_view outOfMemoryRemedy =
    "Lower training.batch_size or audio.segment_length, or turn on model.use_gradient_checkpointing.";

/// "where: what" without the final period that messages of other libraries may have: a remedy may follow.
std::string messageWithPlace(const Error& error) {
    std::string text =
        error.where().empty() ? std::string(error.what()) : error.where() + ": " + error.what();
    if (text.ends_with('.') && !text.ends_with(".."))
        text.pop_back();
    return text;
}

/// A readable form of LibTorch's message for host memory, "[enforce fail at alloc_cpu.cpp:127] err == 0.
/// DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes. Error code 12 (...)"; empty for
/// any other message.
std::string allocationFailure(std::string_view text) {
    constexpr std::string_view lead = "you tried to allocate ";
    const std::size_t at = text.find(lead);
    if (!text.starts_with("[enforce fail") || at == std::string_view::npos)
        return {};
    std::uint64_t bytes = 0;
    const char* digits = text.data() + at + lead.size();
    const auto [end, error] = std::from_chars(digits, text.data() + text.size(), bytes);
    return error == std::errc() ? "out of memory: could not allocate " + formatBytes(bytes) : "out of memory";
}

Failed foreignFailure(const std::exception& exception, std::int64_t step) {
    if (meansOutOfMemory(exception))
        return {step, "out_of_memory", plainMessage(exception), std::string(outOfMemoryRemedy)};
    return {step, "internal", plainMessage(exception), ""};
}

} // namespace

bool meansOutOfMemory(const std::exception& exception) {
    constexpr std::array<std::string_view, 4> phrases = {"out of memory", "can't allocate memory",
                                                         "not enough memory", "ALLOC_FAILED"};
    const std::string_view text = exception.what();
    return dynamic_cast<const std::bad_alloc*>(&exception) != nullptr ||
           dynamic_cast<const OutOfMemoryError*>(&exception) != nullptr ||
           std::ranges::any_of(
               phrases, [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

std::string plainMessage(const std::exception& exception) {
    if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr)
        return "out of memory";
    std::string_view text = exception.what();
    if (std::string message = allocationFailure(text); !message.empty())
        return message;
    for (const std::string_view marker : {"\nException raised from", "Exception raised from", "\nframe #"})
        text = text.substr(0, text.find(marker));
    const auto end = text.find_last_not_of(" \t\r\n");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

Failed failureOf(const std::exception_ptr& exception, std::int64_t step) {
    try {
        std::rethrow_exception(exception);
    } catch (const DivergedError& error) {
        return {step, "diverged", messageWithPlace(error), error.remedy()};
    } catch (const OutOfMemoryError& error) {
        return {step, "out_of_memory", messageWithPlace(error),
                error.remedy().empty() ? std::string(outOfMemoryRemedy) : error.remedy()};
    } catch (const Error& error) {
        return {step, error.kind() == ErrorKind::Input ? "input" : "failure", messageWithPlace(error),
                error.remedy()};
    } catch (const std::exception& error) {
        return foreignFailure(error, step);
    } catch (...) {
        return {step, "internal", "an unknown error", ""};
    }
}

} // namespace headroom

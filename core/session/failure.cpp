#include "core/session/failure.h"

#include "core/session/training_loop.h"
#include "core/support/error.h"

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

namespace headroom {
namespace {

constexpr std::string_view outOfMemoryRemedy =
    "Lower training.batch_size or audio.segment_length, or turn on model.use_gradient_checkpointing.";

/// Tells apart the messages of LibTorch and CUDA, whose types are not known here.
bool speaksOfMemory(std::string_view text) {
    constexpr std::array<std::string_view, 3> phrases = {"out of memory", "can't allocate memory",
                                                         "ALLOC_FAILED"};
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return text.find(phrase) != std::string_view::npos; });
}

/// LibTorch appends to its messages where they were raised and the frames of the stack.
std::string withoutStackTrace(std::string_view text) {
    for (const std::string_view marker : {"\nException raised from", "Exception raised from", "\nframe #"})
        text = text.substr(0, text.find(marker));
    const auto end = text.find_last_not_of(" \t\r\n");
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

std::string placed(const Error& error) {
    return error.where().empty() ? std::string(error.what()) : error.where() + ": " + error.what();
}

Failed foreignFailure(const std::exception& exception, std::int64_t step) {
    const std::string message = withoutStackTrace(exception.what());
    if (speaksOfMemory(message))
        return {step, "out_of_memory", message, std::string(outOfMemoryRemedy)};
    return {step, "internal", message, ""};
}

} // namespace

Failed failureOf(const std::exception_ptr& exception, std::int64_t step) {
    try {
        std::rethrow_exception(exception);
    } catch (const DivergedError& error) {
        return {step, "diverged", placed(error), error.remedy()};
    } catch (const Error& error) {
        return {step, error.kind() == ErrorKind::Input ? "input" : "failure", placed(error), error.remedy()};
    } catch (const std::bad_alloc&) {
        return {step, "out_of_memory", "out of memory", std::string(outOfMemoryRemedy)};
    } catch (const std::exception& error) {
        return foreignFailure(error, step);
    } catch (...) {
        return {step, "internal", "an unknown error", ""};
    }
}

} // namespace headroom

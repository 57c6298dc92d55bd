// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <ucontext.h>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

namespace headroom::test {

/// A function with its own stack, which can pause and resume. Not copied or moved while it runs. A fiber that
/// is destroyed before its function has returned does not run the destructors of the function.
class Fiber {
public:
    /// @param function must live until it has returned; begins with the first resume()
    void start(const std::function<void()>& function) {
        if (stack_ == nullptr)
            stack_ = std::make_unique_for_overwrite<char[]>(stackBytes);
        function_ = &function;
        over_ = false;
        getcontext(&own_);
        own_.uc_stack.ss_sp = stack_.get();
        own_.uc_stack.ss_size = stackBytes;
        own_.uc_link = nullptr;
        makecontext(&own_, &Fiber::enter, 0);
    }

    /// Runs to the next pause() or the end.
    /// @return whether the function returned
    /// @throws what the function throws
    bool resume() {
        entered_ = this;
        beforeSwitch(&callersFrames_, stack_.get(), stackBytes);
        swapcontext(&caller_, &own_);
        afterSwitch(callersFrames_, nullptr, nullptr);
        if (over_ && exception_ != nullptr)
            std::rethrow_exception(std::exchange(exception_, nullptr));
        return over_;
    }

    /// Called by the function: returns to resume()'s caller until it is resumed.
    void pause() {
        beforeSwitch(&ownFrames_, callersStack_, callersBytes_);
        swapcontext(&own_, &caller_);
        afterSwitch(ownFrames_, &callersStack_, &callersBytes_);
    }

private:
    static constexpr std::size_t stackBytes = 256 * 1024;

    static void enter() {
        Fiber& fiber = *entered_;
        afterSwitch(nullptr, &fiber.callersStack_, &fiber.callersBytes_);
        try {
            (*fiber.function_)();
        } catch (...) {
            fiber.exception_ = std::current_exception();
        }
        fiber.over_ = true;
        beforeSwitch(nullptr, fiber.callersStack_, fiber.callersBytes_);
        setcontext(&fiber.caller_);
    }

    // AddressSanitizer must know which stack is in use.
#ifdef __SANITIZE_ADDRESS__
    static void beforeSwitch(void** frames, const void* stack, std::size_t bytes) {
        __sanitizer_start_switch_fiber(frames, stack, bytes);
    }
    static void afterSwitch(void* frames, const void** stack, std::size_t* bytes) {
        __sanitizer_finish_switch_fiber(frames, stack, bytes);
    }
#else
    static void beforeSwitch(void** /*frames*/, const void* /*stack*/, std::size_t /*bytes*/) {}
    static void afterSwitch(void* /*frames*/, const void** /*stack*/, std::size_t* /*bytes*/) {}
#endif

    static inline Fiber* entered_ = nullptr;

    std::unique_ptr<char[]> stack_;
    const std::function<void()>* function_ = nullptr;
    ucontext_t own_ = {};
    ucontext_t caller_ = {};
    const void* callersStack_ = nullptr;
    std::size_t callersBytes_ = 0;
    void* callersFrames_ = nullptr;
    void* ownFrames_ = nullptr;
    std::exception_ptr exception_;
    bool over_ = true;
};

} // namespace headroom::test

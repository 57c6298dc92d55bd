// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>

namespace headroom {

/// A library that is opened at run time, because not every machine has it. It is never unloaded: LibTorch may
/// use it too. Any thread.
class SharedLibrary {
public:
    /// @param name a path, or a name without a folder that the loader searches for
    explicit SharedLibrary(const std::string& name);

    bool isOpen() const { return handle_ != nullptr; }

    /// Looks up a function; a null pointer if the library is not open or lacks it.
    /// @return whether it was found
    template <class Function>
    bool find(Function*& function, const char* name) const {
        function = reinterpret_cast<Function*>(address(name));
        return function != nullptr;
    }

private:
    void* address(const char* name) const;

    void* handle_;
};

} // namespace headroom

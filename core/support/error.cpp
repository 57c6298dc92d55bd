// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"

namespace headroom {

std::string Error::message() const {
    std::string text = where_.empty() ? std::string(what()) : where_ + ": " + what();
    if (remedy_.empty())
        return text;
    // Messages of other libraries may end with a period.
    return text + (text.ends_with('.') ? " " : ". ") + remedy_;
}

} // namespace headroom

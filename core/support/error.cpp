#include "core/support/error.h"

namespace headroom {

std::string Error::message() const {
    std::string text = where_.empty() ? std::string(what()) : where_ + ": " + what();
    if (remedy_.empty())
        return text;
    // What other libraries say may end in a full stop.
    return text + (text.ends_with('.') ? " " : ". ") + remedy_;
}

} // namespace headroom

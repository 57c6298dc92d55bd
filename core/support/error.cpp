#include "core/support/error.h"

namespace headroom {

std::string Error::message() const {
    std::string text = where_.empty() ? std::string(what()) : where_ + ": " + what();
    return remedy_.empty() ? text : text + ". " + remedy_;
}

} // namespace headroom

#include "core/support/system_error.h"

#include <cerrno>
#include <system_error>

namespace headroom {
namespace {

std::string remedyFor(int code) {
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return "Make room on this disk, or write elsewhere.";
    case EACCES:
    case EPERM:
    case EROFS:
        return "Choose a place that you may write to.";
    default:
        return "";
    }
}

} // namespace

Error systemError(const std::string& what, const std::filesystem::path& path, int code) {
    return Error(ErrorKind::Failure, what + ": " + std::system_category().message(code), path.string(),
                 remedyFor(code));
}

} // namespace headroom

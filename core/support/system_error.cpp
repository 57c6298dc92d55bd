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
        return "Check the permissions, or choose another place.";
    case EROFS:
        return "Choose a place that you may write to.";
    case EFBIG:
        return "This disk takes no file that large: write elsewhere.";
    case EMFILE:
        return "Raise the limit of open files: ulimit -n.";
    case EIO:
        return "The disk or its connection may be failing: look into the system's log.";
    case ESTALE:
        return "The network drive has changed underneath: try again, or mount it again.";
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

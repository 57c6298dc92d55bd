#include "core/engine/engine_error.h"

#include "core/session/failure.h"

namespace headroom {

Error engineError(const std::exception_ptr& exception) {
    const Failed failed = failureOf(exception, 0);
    if (failed.category == "out_of_memory") {
        return {
            ErrorKind::Failure, failed.message, {}, "Use shorter chunks (--chunk-seconds), or --device cpu."};
    }
    try {
        std::rethrow_exception(exception);
    } catch (const Error& error) {
        return error;
    } catch (...) {
        return {ErrorKind::Failure, failed.message, {}, failed.remedy};
    }
}

} // namespace headroom

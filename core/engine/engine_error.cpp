#include "core/engine/engine_error.h"

#include "core/session/failure.h"

namespace headroom {

Error engineError(const std::exception_ptr& exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const Error& error) {
        return error;
    } catch (...) {
        const Failed failed = failureOf(exception, 0);
        const bool noMemory = failed.category == "out_of_memory";
        return {ErrorKind::Failure,
                failed.message,
                {},
                noMemory ? "Use shorter chunks (--chunk-seconds), or --device cpu." : failed.remedy};
    }
}

} // namespace headroom

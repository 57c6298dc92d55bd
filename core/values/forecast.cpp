#include "core/values/forecast.h"

#include <numeric>

namespace headroom {

const char* verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fits:
        return "fits";
    case Verdict::Tight:
        return "tight";
    case Verdict::DoesNotFit:
        break;
    }
    return "does_not_fit";
}

std::int64_t TimelinePoint::allocated() const {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
}

} // namespace headroom

#pragma once

#include <algorithm>

namespace headroom {

/// Where amounts in bytes lie on a bar from 0 to a limit, as shares of its length: evenly; but where what is
/// used is a small part of the limit, it is given at least `least` of the length, and what is free is
/// shortened behind a break.
class BrokenScale {
public:
    static constexpr double least = 0.4;

    /// @param used,limit at least 0; the limit is raised to what is used
    BrokenScale(double used, double limit)
        : limit_(std::max({limit, used, 1.0})), isBroken_(used < least * limit_),
          knee_(isBroken_ ? std::max(used, 1.0) * margin : limit_),
          kneeShare_(isBroken_ ? least * margin : 1) {}

    bool isBroken() const { return isBroken_; }
    /// The end of the part that is drawn evenly, and where it is.
    double knee() const { return knee_; }
    double kneeShare() const { return kneeShare_; }

    double share(double amount) const {
        if (amount <= knee_)
            return kneeShare_ * amount / knee_;
        return kneeShare_ + (1 - kneeShare_) * (amount - knee_) / (limit_ - knee_);
    }

private:
    static constexpr double margin = 1.2; ///< of what is used, before the break

    double limit_;
    bool isBroken_;
    double knee_;
    double kneeShare_;
};

} // namespace headroom

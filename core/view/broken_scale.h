// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>

namespace headroom {

/// Maps amounts in bytes to positions on a bar from 0 to a limit, as fractions of its length. The scale is
/// linear, unless the used part is less than `least` of the limit: then it takes `least` of the length, and
/// the free part is compressed after a break.
class BrokenScale {
public:
    static constexpr double least = 0.4;

    /// @param used,limit at least 0; a limit below `used` is raised to it
    BrokenScale(double used, double limit)
        : limit_(std::max({limit, used, 1.0})), isBroken_(used < least * limit_),
          knee_(isBroken_ ? std::max(used, 1.0) * margin : limit_),
          kneeShare_(isBroken_ ? least * margin : 1) {}

    bool isBroken() const { return isBroken_; }
    /// The amount at the break, and its position.
    double knee() const { return knee_; }
    double kneeShare() const { return kneeShare_; }

    double share(double amount) const {
        if (amount <= knee_)
            return kneeShare_ * amount / knee_;
        return kneeShare_ + (1 - kneeShare_) * (amount - knee_) / (limit_ - knee_);
    }

private:
    static constexpr double margin = 1.2; ///< the break is at `margin` times the used amount

    double limit_;
    bool isBroken_;
    double knee_;
    double kneeShare_;
};

} // namespace headroom

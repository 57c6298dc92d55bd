// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace headroom {

/// Slaney's mel scale: linear below 1 kHz, logarithmic above. Inverse of hzOf().
double melOf(double hz);

double hzOf(double mel);

} // namespace headroom

#include "ui/widgets/share_bar.h"

#include <cmath>

namespace headroom::ui {
namespace {

constexpr int steps = 1000;

} // namespace

ShareBar::ShareBar(QWidget* parent) : QProgressBar(parent) {
    setRange(0, steps);
}

void ShareBar::setShare(double share) {
    const int reached = static_cast<int>(std::lround(share * steps));
    if (reached == value())
        return;
    setUpdatesEnabled(false);
    setValue(reached);
    setUpdatesEnabled(true);
}

} // namespace headroom::ui

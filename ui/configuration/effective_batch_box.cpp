#include "ui/configuration/effective_batch_box.h"

#include "ui/configuration/config_model.h"
#include "ui/configuration/option_row.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace headroom::ui {

EffectiveBatchBox::EffectiveBatchBox(ConfigModel& model, OptionRow* batch, OptionRow* accumulation)
    : model_(model), lock_(new QToolButton), product_(new QLabel) {
    product_->setTextFormat(Qt::RichText);
    setProperty("role", QStringLiteral("box"));
    lock_->setCheckable(true);
    lock_->setAccessibleName(tr("Hold the effective batch"));
    lock_->setToolTip(
        tr("While held, batch size and accumulation stop at divisors of the effective batch, and "
           "each moves the other."));
    lock_->setIconSize({em(1.2), em(1.2)});
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(em(0.6), 0, em(0.4), 0);
    middle->addWidget(lock_);
    middle->addWidget(product_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, em(0.2), em(0.3), em(0.2));
    column->setSpacing(em(0.1));
    column->addWidget(batch);
    column->addLayout(middle);
    column->addWidget(accumulation);
    const auto drawLock = [this](bool held) {
        lock_->setIcon(themeIcon(held ? QStringLiteral("lock") : QStringLiteral("unlock")));
    };
    drawLock(false);
    connect(lock_, &QToolButton::toggled, this, drawLock);
    connect(lock_, &QToolButton::toggled, &model, &ConfigModel::holdEffectiveBatch);
    connect(&model, &ConfigModel::changed, this, &EffectiveBatchBox::read);
    connect(&model, &ConfigModel::effectiveBatchHeldChanged, this, &EffectiveBatchBox::read);
    read();
}

void EffectiveBatchBox::read() {
    const bool held = model_.holdsEffectiveBatch();
    const auto& training = model_.config().training;
    lock_->setChecked(held);
    product_->setText(
        (held ? tr("Effective batch held at <b>%1</b> = %2 × %3") : tr("Effective batch <b>%1</b> = %2 × %3"))
            .arg(model_.effectiveBatch())
            .arg(training.batchSize)
            .arg(training.gradientAccumulationSteps));
}

} // namespace headroom::ui

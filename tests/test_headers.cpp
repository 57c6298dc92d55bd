// The precompiled headers of the engine's tests need a target to belong to; there is nothing else in it.
